import type { Audience } from '../../src/campaigns/audience';
import type { Database } from '../../src/runtime/database';

/** One household of the register, with all that decides whether it is told. */
interface Home {
  id: number;
  household_number: string;
  status: string;
  commune_code: string;
  village_key: string;
  recipient_sex: string | null;
  sms_consent: boolean;
  locale: string | null;
}

interface Link {
  id: number;
  household_id: number;
  msisdn: string;
  kind: string;
  origin: string;
  started_at: Date;
  ended_at: Date | null;
}

/** What is expected of one household. */
export interface ExpectedRow {
  household_id: number;
  msisdn: string | null;
  locale: string;
  is_shared: boolean;
  zone: string;
  consents: boolean;
  reason: string | null;
  is_first: boolean;
}

async function all<T>({ pool }: Pick<Database, 'pool'>, table: string) {
  return (await pool.query(`select * from ${table} order by 1`)).rows as T[];
}

/** Whom an audience concerns, looked for household by household: slow, and easy to believe. */
export async function expectedAudience(
  db: Database,
  audience: Audience,
  {
    now,
    tellsDays,
    told,
  }: { now: Date; tellsDays: boolean; told: ReadonlySet<string> },
): Promise<ExpectedRow[]> {
  const homes = await all<Home>(db, 'households');
  const links = (await all<Link>(db, 'phone_links')).filter(
    ({ ended_at }) => ended_at === null,
  );
  const phones = await all<{
    msisdn: string;
    locale: string | null;
    sms_on: boolean | null;
  }>(db, 'phones');
  const lost = await all<{ msisdn: string; settled_at: Date | null }>(
    db,
    'unreachable_phones',
  );
  const waves = await all<{
    id: number;
    code: string;
    status: string;
    zone_profile: string;
  }>(db, 'waves');
  const pays = await all<{
    id: number;
    household_id: number;
    wave_id: number;
    status: string;
  }>(db, 'payments');
  const enrolments = await all<{
    household_id: number;
    benefit_rule_id: number;
    status: string;
  }>(db, 'enrolments');
  const rules = await all<{ id: number; code: string }>(db, 'benefit_rules');
  const receipts = await all<{ payment_id: number }>(db, 'receipts');
  const messages = await all<{
    msisdn: string;
    class: string;
    state: string;
    due_at: Date;
  }>(db, 'messages');

  const insecure = (id: number): boolean =>
    pays.some(
      (pay) =>
        pay.household_id === id &&
        pay.status === 'planned' &&
        waves.some(
          (wave) =>
            wave.id === pay.wave_id &&
            wave.zone_profile === 'insecure' &&
            wave.status !== 'planned',
        ),
    );
  const linkOf = (id: number): Link | undefined =>
    links
      .filter((link) => link.household_id === id)
      .sort(
        (a, b) =>
          Number(b.kind === 'own') - Number(a.kind === 'own') ||
          b.started_at.getTime() - a.started_at.getTime() ||
          b.id - a.id,
      )[0];
  const inWave = (id: number): boolean =>
    pays.some(
      (pay) =>
        pay.household_id === id &&
        pay.status === 'planned' &&
        waves.some(
          (wave) =>
            wave.id === pay.wave_id &&
            (audience.waves?.includes(wave.code) ?? true) &&
            (audience.waveStates === undefined
              ? !['planned', 'cancelled'].includes(wave.status)
              : (audience.waveStates as string[]).includes(wave.status)),
        ),
    );
  const busy = (msisdn: string): boolean =>
    messages.filter(
      (one) =>
        one.msisdn === msisdn &&
        ['reminder', 'campaign'].includes(one.class) &&
        !['cancelled', 'expired', 'failed'].includes(one.state) &&
        one.due_at.toISOString().slice(0, 10) ===
          now.toISOString().slice(0, 10),
    ).length >= 3;

  const rows = homes.flatMap((home): ExpectedRow[] => {
    if (!['active', 'suspended'].includes(home.status)) return [];
    const { units, villages, households, sex, languages, standing } = audience;
    if (
      (units ?? villages) !== undefined &&
      units?.some(({ code }) => code === home.commune_code) !== true &&
      villages?.some(
        (one) =>
          one.commune === home.commune_code && one.village === home.village_key,
      ) !== true
    )
      return [];
    if (households?.includes(home.household_number) === false) return [];
    if (sex !== undefined && home.recipient_sex !== sex) return [];
    if (
      audience.rules !== undefined &&
      !enrolments.some(
        (one) =>
          one.household_id === home.id &&
          one.status === 'active' &&
          rules.some(
            ({ id, code }) =>
              id === one.benefit_rule_id && audience.rules?.includes(code),
          ),
      )
    )
      return [];
    if (
      (audience.waves ?? audience.waveStates) !== undefined &&
      !inWave(home.id)
    )
      return [];
    const link = linkOf(home.id);
    const msisdn = link?.msisdn ?? null;
    const phone = phones.find((one) => one.msisdn === msisdn);
    const locale = phone?.locale ?? home.locale ?? 'fr';
    if (languages?.includes(locale) === false) return [];
    if (standing === 'told' && (msisdn === null || !told.has(msisdn)))
      return [];
    if (standing === 'notTold' && msisdn !== null && told.has(msisdn))
      return [];
    if (
      standing === 'unconfirmed' &&
      !pays.some(
        (pay) =>
          pay.household_id === home.id &&
          pay.wave_id === 1 &&
          pay.status === 'planned' &&
          !receipts.some((said) => said.payment_id === pay.id),
      )
    )
      return [];
    const sharers = links.filter((one) => one.msisdn === msisdn);
    const isNew =
      link !== undefined &&
      link.origin !== 'register' &&
      now.getTime() - link.started_at.getTime() < 72 * 3_600_000;
    const isStale =
      isNew ||
      lost.some((one) => one.msisdn === msisdn && one.settled_at === null);
    const reason =
      home.status === 'suspended'
        ? 'suspended'
        : msisdn === null
          ? 'noPhone'
          : phone?.sms_on === false
            ? 'optedOut'
            : (phone?.sms_on ?? null) === null && !home.sms_consent
              ? 'noConsent'
              : isStale && tellsDays
                ? 'stale'
                : busy(msisdn)
                  ? 'dailyCap'
                  : null;
    const isInsecure =
      insecure(home.id) || sharers.some((one) => insecure(one.household_id));
    return [
      {
        ...{ household_id: home.id, msisdn, locale, reason },
        is_shared:
          link !== undefined && (link.kind !== 'own' || sharers.length > 1),
        zone: isInsecure ? 'insecure' : 'normal',
        ...{ consents: home.sms_consent, is_first: false },
      },
    ];
  });
  for (const row of rows) {
    const same = rows
      .filter((one) => one.reason === null && one.msisdn === row.msisdn)
      .sort(
        (a, b) =>
          Number(a.consents) - Number(b.consents) ||
          a.household_id - b.household_id,
      );
    row.is_first = same[0] === row;
  }
  return rows;
}
