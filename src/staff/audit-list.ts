import type { Database } from '../runtime/database';

/** Which acts are listed. */
export interface AuditWish {
  /** As the chain writes it: `officer:12`, `cli`. */
  actor?: string | undefined;
  /** The room of the act: `import`, `signIn`. */
  room?: string | undefined;
  /** Days in Bamako, both in. */
  from?: string | undefined;
  to?: string | undefined;
  /** Only acts before this one. */
  before?: number | undefined;
}

/** An act, as auditors read it. */
export interface ListedAct {
  id: number;
  happenedAt: Date;
  actor: string;
  action: string;
  subject: string;
  details: readonly (readonly [string, string])[];
}

/** Acts on a page. */
export const actsAtOnce = 50;

/** Reading, noting and destroying look alike here: that there was a case is known to its readers alone. */
const ofTheLine: ReadonlySet<string> = new Set([
  'sealed.read',
  'sealed.forgotten',
]);

/** Lists acts, the newest first, from a given one on; one more than a page tells that there are older ones. */
export async function listActs(
  { prisma }: Pick<Database, 'prisma'>,
  { actor, room, from, to, before }: AuditWish,
): Promise<{ acts: ListedAct[]; hasOlder: boolean }> {
  const rows = await prisma.auditEntry.findMany({
    where: {
      ...(actor !== undefined && { actor }),
      ...(room !== undefined && { action: { startsWith: `${room}.` } }),
      ...(before !== undefined && { id: { lt: before } }),
      happenedAt: {
        ...(from !== undefined && { gte: new Date(from) }),
        ...(to !== undefined && {
          lt: new Date(new Date(to).getTime() + 86_400_000),
        }),
      },
    },
    ...{ orderBy: { id: 'desc' }, take: actsAtOnce + 1 },
  });
  const acts = rows.slice(0, actsAtOnce).map((row) => {
    const { id, happenedAt, subject } = row;
    const isOfTheLine = ofTheLine.has(row.action);
    return {
      ...{ id, happenedAt, actor: row.actor, subject },
      action: isOfTheLine ? 'sealed.read' : row.action,
      details: isOfTheLine ? [] : detailsOf(row.detail),
    };
  });
  return { acts, hasOlder: rows.length > actsAtOnce };
}

/** A hash is known by its beginning; the chain itself has it whole. */
const LONG_HASH = /^([0-9a-f]{12})[0-9a-f]{52}$/;

function detailsOf(detail: unknown): (readonly [string, string])[] {
  if (typeof detail !== 'object' || detail === null) return [];
  return Object.entries(detail).map(([name, value]) => [
    name,
    String(value).replace(LONG_HASH, '$1…'),
  ]);
}
