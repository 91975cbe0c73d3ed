import type { Clock } from '../runtime/clock';
import { inTransaction, type Database, type Tx } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import { holds } from '../staff/permissions';
import type { Officer } from './visibility';

/** What an outside body does. */
export const bodyKinds = {
  health: 'Santé',
  justice: 'Justice',
  police: 'Police, gendarmerie',
  social: 'Développement social',
  payment: 'Agence de paiement',
  data: 'Protection des données',
  other: 'Autre',
} as const;

export type BodyKind = keyof typeof bodyKinds;

/** An outside body as it is offered. */
export interface BodyDraft {
  kind: BodyKind;
  name: string;
  /** Number, address, hours: what its visitors need. */
  contact: string;
  /** Absent: the whole country. */
  regionCode?: string;
}

interface Deps {
  db: Pick<Database, 'prisma'>;
  clock: Clock;
}

/** The bodies that are offered, of a region and of the whole country, the nearest first. */
export function bodiesFor(
  { prisma }: Pick<Database, 'prisma'>,
  regionCode?: string,
) {
  return prisma.referralBody.findMany({
    where: {
      endedOn: null,
      ...(regionCode === undefined
        ? {}
        : { OR: [{ regionCode }, { regionCode: null }] }),
    },
    orderBy: [{ regionCode: { sort: 'asc', nulls: 'last' } }, { name: 'asc' }],
  });
}

/** Where an officer keeps the directory: everywhere, in the region of her territory, or nowhere. */
export async function keptRegion(
  { prisma }: { prisma: Pick<Tx, '$queryRaw'> },
  officer: Officer,
): Promise<'country' | { region: string } | undefined> {
  if (!holds(officer, 'referrals.keep')) return undefined;
  const { communes } = officer;
  if (communes === 'country') return 'country';
  const [found] = await prisma.$queryRaw<{ region: string }[]>`
    select cercle.parent_code as region from territory_units commune
      join territory_units cercle on cercle.code = commune.parent_code and cercle.valid_to is null
    where commune.code = any(${communes}::text[]) and commune.valid_to is null limit 1`;
  return found;
}

/** Added; or not for this officer, of no region, or offered already. */
export type Added =
  | { kind: 'added'; bodyId: number }
  | { kind: 'forbidden' | 'noSuchRegion' | 'known' };

/** Adds a body to the directory, as checked today; one that was offered before is offered again. */
export function addBody(
  { db, clock }: Deps,
  officer: Officer,
  { kind, name, contact, regionCode }: BodyDraft,
): Promise<Added> {
  return inTransaction(db, async (tx) => {
    const region = regionCode ?? null;
    if (!(await keeps(tx, officer, region))) return { kind: 'forbidden' };
    if (!(await isRegion(tx, region))) return { kind: 'noSuchRegion' };
    // Of the whole country the same name could stand twice: nothing is unique beside an empty region.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('jigi referral bodies', 0))`;
    const before = await tx.referralBody.findFirst({
      where: { name, regionCode: region },
      orderBy: { endedOn: { sort: 'desc', nulls: 'first' } },
    });
    if (before?.endedOn === null) return { kind: 'known' };
    const lastCheckedOn = new Date(clock.today());
    const data = { kind, name, contact, regionCode: region, lastCheckedOn };
    const { id } = await tx.referralBody.upsert({
      where: { id: before?.id ?? 0 },
      ...{ create: data, update: { ...data, endedOn: null } },
      select: { id: true },
    });
    await recordAudit(tx, {
      ...{ actor: `officer:${officer.id}`, action: 'referral.added' },
      subject: `referral:${id}`,
    });
    return { kind: 'added', bodyId: id };
  });
}

/** Notes that a body was found to be there today, or offers it no more. @returns whether that could be noted */
export function checkBody(
  { db, clock }: Deps,
  officer: Officer,
  { bodyId, isThere }: { bodyId: number; isThere: boolean },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const body = await tx.referralBody.findUnique({ where: { id: bodyId } });
    if (body === null || !(await keeps(tx, officer, body.regionCode)))
      return false;
    const today = new Date(clock.today());
    const { count } = await tx.referralBody.updateMany({
      where: { id: bodyId, endedOn: null },
      data: isThere ? { lastCheckedOn: today } : { endedOn: today },
    });
    if (count > 0)
      await recordAudit(tx, {
        ...{ actor: `officer:${officer.id}` },
        action: isThere ? 'referral.checked' : 'referral.ended',
        subject: `referral:${bodyId}`,
      });
    return count > 0;
  });
}

/** Whether bodies of this region, or of the whole country, are an officer's to keep. */
async function keeps(
  tx: Tx,
  officer: Officer,
  regionCode: string | null,
): Promise<boolean> {
  const kept = await keptRegion({ prisma: tx }, officer);
  if (kept === undefined) return false;
  return kept === 'country' || kept.region === regionCode;
}

async function isRegion(tx: Tx, code: string | null): Promise<boolean> {
  if (code === null) return true;
  const where = { code, level: 'region', validTo: null };
  return (await tx.territoryUnit.count({ where })) > 0;
}
