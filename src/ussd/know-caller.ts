import type { Pool } from 'pg';

import type { PhoneKind } from '../register/disclosure';

/** What is known of a calling number before any proof. */
export interface KnownCaller {
  locale: string | undefined;
  smsOn: boolean;
  phoneKind: PhoneKind;
}

interface Row {
  locale: string | null;
  sms_on: boolean | null;
  kinds: string[] | null;
  consent: boolean | null;
}

const callerStatement = {
  name: 'know-caller',
  text: `select phone.locale, phone.sms_on, link.kinds, link.consent
    from (select $1::text as msisdn) caller
    left join phones phone on phone.msisdn = caller.msisdn
    left join lateral (
      select array_agg(distinct l.kind) as kinds, bool_or(h.sms_consent) as consent
      from phone_links l join households h on h.id = l.household_id
      where l.msisdn = caller.msisdn and l.ended_at is null) link on true`,
};

/** From the most shared to the least: a number with several kinds of links is treated as the most shared. */
const kindsBySharing: readonly PhoneKind[] = [
  'relay',
  'neighbour',
  'family',
  'own',
];

/** The one query of a dial: language, SMS choice and whose phone this is. */
export async function knowCaller(
  pool: Pool,
  msisdn: string,
): Promise<KnownCaller> {
  const { rows } = await pool.query<Row>({
    ...callerStatement,
    values: [msisdn],
  });
  const row = rows[0];
  const kinds = row?.kinds ?? [];
  return {
    locale: row?.locale ?? undefined,
    smsOn: row?.sms_on ?? row?.consent ?? false,
    phoneKind:
      kindsBySharing.find((kind) => kinds.includes(kind)) ?? 'unlinked',
  };
}
