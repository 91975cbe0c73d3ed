import type { Database } from '../runtime/database';

/** What happened to a complaint, one row an act. */
export interface CaseEvent {
  kind: string;
  fromStatus: string | null;
  toStatus: string;
  fromLevel: string | null;
  toLevel: string | null;
  actor: string;
  /** The officer's name. */
  name: string | null;
  note: string | null;
  happenedAt: Date;
}

/** Something that was asked of the complainant. */
export interface CaseQuestion {
  code: string;
  kind: string;
  askedAt: Date;
  askedBy: string | null;
  answer: string | null;
  answeredAt: Date | null;
  answeredBy: string | null;
}

const mostEvents = 200;

/** Everything that happened to a complaint, the newest first. */
export async function caseHistory(
  { pool }: Pick<Database, 'pool'>,
  complaintId: number,
): Promise<CaseEvent[]> {
  const { rows } = await pool.query<CaseEvent>(
    `select e.kind, e.from_status as "fromStatus", e.to_status as "toStatus", e.from_level as "fromLevel",
      e.to_level as "toLevel", e.actor, account.full_name as name, e.note, e.happened_at as "happenedAt"
     from complaint_events e
     left join staff_accounts account on e.actor = 'officer:' || account.id
     where e.complaint_id = $1 order by e.id desc limit ${mostEvents}`,
    [complaintId],
  );
  return rows;
}

/** What was asked of the complainant, the newest first. */
export async function caseQuestions(
  { pool }: Pick<Database, 'pool'>,
  complaintId: number,
): Promise<CaseQuestion[]> {
  const { rows } = await pool.query<CaseQuestion>(
    `select q.code, q.kind, q.asked_at as "askedAt", account.full_name as "askedBy", q.answer,
      q.answered_at as "answeredAt", q.answered_by as "answeredBy"
     from complaint_questions q left join staff_accounts account on account.id = q.asked_by
     where q.complaint_id = $1 order by q.id desc`,
    [complaintId],
  );
  return rows;
}

/** The question that still waits for an answer. */
export async function openQuestion(
  { prisma }: Pick<Database, 'prisma'>,
  complaintId: number,
): Promise<{ kind: string; code: string } | undefined> {
  const question = await prisma.complaintQuestion.findFirst({
    where: { complaintId, answeredAt: null },
    select: { kind: true, code: true },
  });
  return question ?? undefined;
}
