import type { Database } from '../runtime/database';
import { ground, seenBy, type Officer } from './visibility';

/** A complaint that went up by itself, as both levels are told. */
export interface EscalationNotice {
  complaintId: number;
  reference: string;
  fromLevel: string;
  toLevel: string;
  happenedAt: Date;
  /** It came to her level; or else it left it. */
  isArrival: boolean;
}

/** What went up by itself from or to an officer's level in her territory in the last days, the newest first. */
export async function escalationNotices(
  { pool }: Pick<Database, 'pool'>,
  officer: Officer,
  since: Date,
): Promise<EscalationNotice[]> {
  const seen = seenBy(officer, 3);
  const { level } = ground(officer);
  const { rows } = await pool.query<EscalationNotice>(
    `select c.id as "complaintId", c.reference, e.from_level as "fromLevel", e.to_level as "toLevel",
       e.happened_at as "happenedAt", e.to_level = $2::text as "isArrival"
     from complaint_events e join complaints c on c.id = e.complaint_id
     where e.kind = 'escalated' and e.happened_at >= $1 and $2::text in (e.from_level, e.to_level) and ${seen.sql}
     order by e.happened_at desc, e.id desc limit 100`,
    [since, level, ...seen.values],
  );
  return rows;
}
