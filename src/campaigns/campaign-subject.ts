import type { Database } from '../runtime/database';
import type { IsoDay } from '../text/dates';
import { isMovedSql, waveWindowSql } from '../register/wave-window';

/** What a campaign may be about. */
export const subjectKinds = ['wave', 'distribution', 'session'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** A wave, a distribution or a session, with what is known of its dates. */
export interface CampaignSubject {
  kind: SubjectKind;
  id: number;
  code: string;
  state: 'dated' | 'postponed' | 'cancelled';
  /** Both absent unless dated. */
  from: IsoDay | null;
  to: IsoDay | null;
  /** Its provider has not accepted list and dates yet: nothing is announced. */
  isPlanned: boolean;
  /** Who pays for the messages, unless told otherwise. */
  financing: string | null;
}

const window = waveWindowSql('wave');
const waveSql = `select wave.id, wave.code, rule.financing, wave.status = 'planned' as "isPlanned",
    case when wave.status = 'cancelled' then 'cancelled'
      when wave.status = 'postponed' and not ${isMovedSql('wave')} then 'postponed' else 'dated' end as state,
    ${window.from} as "from", ${window.to} as "to"
  from waves wave join benefit_rules rule on rule.id = wave.benefit_rule_id`;

const gatheringSql = (table: string): string =>
  `select gathering.id, gathering.code, null as financing, false as "isPlanned",
    case when gathering.status = 'cancelled' then 'cancelled'
      when gathering.status = 'postponed' and gathering.new_date is null then 'postponed' else 'dated' end as state,
    case gathering.status when 'postponed' then gathering.new_date else gathering.date end as "from",
    case gathering.status when 'postponed' then gathering.new_date else gathering.date end as "to"
  from ${table} gathering`;

const subjectSql: Readonly<Record<SubjectKind, string>> = {
  wave: waveSql,
  distribution: gatheringSql('distributions'),
  session: gatheringSql('support_sessions'),
};

/** Finds what a campaign is about, by its code or its row. */
export async function findSubject(
  { pool }: Pick<Database, 'pool'>,
  kind: SubjectKind,
  by: { code: string } | { id: number },
): Promise<CampaignSubject | undefined> {
  const column = 'code' in by ? 'code' : 'id';
  const value = 'code' in by ? by.code : by.id;
  const { rows } = await pool.query<Omit<CampaignSubject, 'kind'>>(
    `select * from (${subjectSql[kind]}) subject where ${column} = $1`,
    [value],
  );
  const [found] = rows;
  if (found === undefined) return undefined;
  const isDated = found.state === 'dated';
  return {
    ...{ ...found, kind },
    from: isDated ? found.from : null,
    to: isDated ? found.to : null,
  };
}
