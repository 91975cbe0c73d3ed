import type { Clock } from '../runtime/clock';
import { inTransaction, type Database, type Tx } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import { holds, type Acting } from '../staff/permissions';
import { addDays } from '../text/dates';
import { waveWindowSql } from './wave-window';

/** Hours in which whoever holds the old number may object. Source: the programme's rules for phones. */
export const objectionHours = 72;

/** A payment as near as this asks for two persons. Source: the programme's rules for phones. */
export const nearPaymentDays = 10;

/** Who decides, and the communes of her territory. */
export interface Decider extends Pick<Acting, 'role' | 'state'> {
  id: number;
  communes: 'country' | readonly string[];
}

/**
 * Decided; `waits`: a payment is near, and another person must approve too; `tooEarly`: the old number may still
 * object, until then; `samePerson`: she approved first; `notFound` out of her territory; `notNow` once it is decided.
 */
export type ChangeDecided =
  | { kind: 'done' | 'waits' | 'samePerson' | 'notFound' | 'notNow' }
  | { kind: 'tooEarly'; from: Date };

/** What somebody says of a change that was asked for. */
export interface ChangeWord {
  changeId: number;
  approves: boolean;
}

interface Deps {
  db: Pick<Database, 'prisma'>;
  clock: Clock;
}

type Change = NonNullable<Awaited<ReturnType<typeof lockChange>>>;

/**
 * Approves or refuses a new number. Approved it is the household's own from now on, and the old one no longer: three days
 * after it was asked at the earliest, and by two persons while a payment is near.
 */
export function decidePhoneChange(
  { db, clock }: Deps,
  decider: Decider,
  word: ChangeWord,
): Promise<ChangeDecided> {
  return inTransaction(db, (tx) => decideChange({ tx, clock }, decider, word));
}

/** As `decidePhoneChange`, in the caller's transaction. */
export async function decideChange(
  deps: { tx: Tx; clock: Clock },
  decider: Decider,
  { changeId, approves }: ChangeWord,
): Promise<ChangeDecided> {
  const change = await lockChange(deps.tx, changeId);
  if (change === null || !isTheirs(decider, change.household.communeCode))
    return { kind: 'notFound' };
  if (change.status !== 'requested') return { kind: 'notNow' };
  if (!approves) return settle(deps, decider, change, 'refused');
  const from = new Date(
    change.requestedAt.getTime() + objectionHours * 3_600_000,
  );
  if (deps.clock.now() < from) return { kind: 'tooEarly', from };
  return approve(deps, decider, change);
}

/** Whether a payment of a household is due so near that two persons must decide. */
export async function isPaymentNear(
  { tx, clock }: { tx: Tx; clock: Pick<Clock, 'today'> },
  householdId: number,
): Promise<boolean> {
  const today = clock.today();
  const { from, to } = waveWindowSql('w');
  const [found] = await tx.$queryRawUnsafe<{ near: boolean }[]>(
    `select exists (select from payments p join waves w on w.id = p.wave_id
      where p.household_id = $1::integer and p.status <> 'removed' and w.status not in ('closed', 'cancelled')
        and ${from} <= $2::date and ${to} >= $3::date) as near`,
    ...[householdId, addDays(today, nearPaymentDays), today],
  );
  return found?.near === true;
}

async function lockChange(tx: Tx, id: number) {
  await tx.$queryRaw`select id from phone_changes where id = ${id} for update`;
  return tx.phoneChange.findUnique({
    where: { id },
    include: { household: { select: { communeCode: true } } },
  });
}

function isTheirs(decider: Decider, communeCode: string): boolean {
  return (
    holds(decider, 'phoneChanges.decide') &&
    (decider.communes === 'country' || decider.communes.includes(communeCode))
  );
}

async function approve(
  deps: { tx: Tx; clock: Clock },
  decider: Decider,
  change: Change,
): Promise<ChangeDecided> {
  const { tx, clock } = deps;
  const actor = `officer:${decider.id}`;
  if (change.firstBy === actor) return { kind: 'samePerson' };
  const needsSecond =
    change.firstBy === null && (await isPaymentNear(deps, change.householdId));
  if (!needsSecond) {
    await moveLink(deps, change);
    return settle(deps, decider, change, 'approved');
  }
  await tx.phoneChange.update({
    where: { id: change.id },
    data: { firstBy: actor, firstAt: clock.now() },
    select: { id: true },
  });
  await recordAudit(tx, {
    ...{ actor, action: 'phoneChange.firstApproved' },
    subject: `phoneChange:${change.id}`,
  });
  return { kind: 'waits' };
}

/** The old number's link ends, the new one's begins. */
async function moveLink(
  { tx, clock }: { tx: Tx; clock: Clock },
  { householdId, oldMsisdn, newMsisdn }: Change,
): Promise<void> {
  const now = clock.now();
  const open = { householdId, endedAt: null };
  if (oldMsisdn !== null && oldMsisdn !== newMsisdn)
    await tx.phoneLink.updateMany({
      where: { ...open, msisdn: oldMsisdn },
      data: { endedAt: now },
    });
  const linked = { ...open, msisdn: newMsisdn };
  const isChosen = { where: { ...linked, origin: { not: 'register' } } };
  if ((await tx.phoneLink.count(isChosen)) > 0) return;
  // A link of the register's own gives way to its next file; one that was chosen does not.
  await tx.phoneLink.updateMany({ where: linked, data: { endedAt: now } });
  await tx.phoneLink.create({
    data: {
      ...{ householdId, msisdn: newMsisdn, kind: 'own', origin: 'staff' },
      ...{ startedAt: now, verifiedAt: now },
    },
    select: { id: true },
  });
}

async function settle(
  { tx, clock }: { tx: Tx; clock: Clock },
  { id }: Decider,
  change: Change,
  status: 'approved' | 'refused',
): Promise<ChangeDecided> {
  const actor = `officer:${id}`;
  await tx.phoneChange.update({
    where: { id: change.id },
    data: { status, decidedAt: clock.now(), decidedBy: actor },
    select: { id: true },
  });
  await recordAudit(tx, {
    ...{ actor, action: `phoneChange.${status}` },
    ...{ subject: `phoneChange:${change.id}` },
    details: change.firstBy === null ? {} : { firstBy: change.firstBy },
  });
  return { kind: 'done' };
}
