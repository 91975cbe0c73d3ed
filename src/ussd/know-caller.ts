import type { PhoneKind } from '../register/disclosure';
import type { Asked } from '../runtime/shared-lines';

/** What is known of a calling number before any proof. */
export interface KnownCaller {
  locale: string | undefined;
  smsOn: boolean;
  phoneKind: PhoneKind;
}

/** From the most shared to the least: a number with several kinds of links is treated as the most shared. */
const kindsBySharing: readonly PhoneKind[] = [
  'relay',
  'neighbour',
  'family',
  'own',
];

interface Row {
  locale: string | null;
  sms_on: boolean | null;
  /** Place of the kind in {@link kindsBySharing}, from 1; null where no household has the number. */
  sharing: number | null;
  consent: boolean | null;
}

const callerStatement = {
  name: 'know-caller',
  text: `select phone.locale, phone.sms_on, link.sharing, link.consent
    from (
      select min(array_position('{${kindsBySharing.join(',')}}'::text[], l.kind)) as sharing,
        bool_or(h.sms_consent) as consent
      from phone_links l join households h on h.id = l.household_id
      where l.msisdn = $1 and l.ended_at is null) link
    left join phones phone on phone.msisdn = $1`,
};

/** The one query of a dial: language, SMS choice and whose phone this is. */
export async function knowCaller(
  store: Asked,
  msisdn: string,
): Promise<KnownCaller> {
  const { rows } = await store.query<Row>({
    ...callerStatement,
    values: [msisdn],
  });
  const row = rows[0];
  return {
    locale: row?.locale ?? undefined,
    smsOn: row?.sms_on ?? row?.consent ?? false,
    phoneKind: kindsBySharing[(row?.sharing ?? 0) - 1] ?? 'unlinked',
  };
}
