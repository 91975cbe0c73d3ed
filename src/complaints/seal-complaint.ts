import type { Clock } from '../runtime/clock';
import { inTransaction, type Tx } from '../runtime/database';
import { forgetMessages } from '../messaging/forget-messages';
import { holds } from '../staff/permissions';
import { recordAudit } from '../staff/audit';
import { recountAlert } from './alerts';
import {
  actOn,
  type AtVersion,
  type CaseDesk,
  type CaseRow,
  type OfficersCase,
  type Refusal,
} from './case-desk';
import { nothingPending } from './nothing-pending';
import { sealParts } from './seal-parts';
import type { Officer } from './visibility';

/** A desk that can seal. */
export interface SealingDesk extends CaseDesk {
  hashKey: string;
}

/** Sealed for everybody; `noKey`: before the key ceremony nobody could ever read it, and nothing is sealed nor destroyed. */
export type Sealed = { kind: 'sealed' | 'noKey' } | Refusal;

/**
 * Re-classifies a complaint as one for the sealed line. Its clear text, its history, its questions and its messages
 * are destroyed, what is planned is cancelled, and what it told goes to the line's store, which two readers open.
 * Nothing in the store tells afterwards that it was a complaint but the audit chain: who sealed it, and who had it before.
 * @param request.words what the officer was about to write when she saw what it is
 */
export function sealComplaint(
  desk: SealingDesk,
  officer: Officer,
  { words = '', ...at }: AtVersion & { words?: string },
): Promise<Sealed> {
  return actOn(desk, officer, at, 'complaints.reclassify', async (open) => {
    const { tx, complaint } = open;
    const { hashKey } = desk;
    const story = await storyOf(tx, complaint, words);
    if (!(await sealParts({ ...open, hashKey }, story)))
      return { kind: 'noKey' };
    const handledBy = await handlersOf(tx, complaint);
    await destroy(open);
    await recordAudit(tx, {
      ...{ actor: open.actor, action: 'complaint.sealed' },
      subject: `complaint:${complaint.id}`,
      details: { handledBy },
    });
    return { kind: 'sealed' };
  });
}

/** Seals what somebody told an officer who was to file it, and files nothing. */
export function sealBrought(
  desk: SealingDesk,
  officer: Officer,
  brought: { words: string; msisdn?: string | undefined; locale: string },
): Promise<Sealed> {
  return inTransaction(desk.db, async (tx) => {
    if (!holds(officer, 'complaints.file')) return { kind: 'forbidden' };
    const { clock, hashKey } = desk;
    const { words, msisdn, locale } = brought;
    const place = `brought ${officer.id} ${clock.now().toISOString()}`;
    const story = { place, msisdn, locale, text: words };
    if (!(await sealParts({ tx, clock, hashKey }, story)))
      return { kind: 'noKey' };
    await recordAudit(tx, {
      ...{ actor: `officer:${officer.id}`, action: 'complaint.sealed' },
      subject: 'complaint:',
    });
    return { kind: 'sealed' };
  });
}

/** What was told: the officer's last words, the subject, and all that was written before; whom it names is not for that store. */
async function storyOf(tx: Tx, complaint: CaseRow, words: string) {
  const { id, eventId, subject, contactMsisdn, locale } = complaint;
  const events = await tx.complaintEvent.findMany({
    where: { complaintId: id, note: { not: null }, kind: { not: 'rated' } },
    select: { note: true },
    orderBy: { id: 'asc' },
  });
  const notes = events.map(({ note }) => note ?? '');
  return {
    place: `complaint ${eventId}`,
    ...{ locale, msisdn: contactMsisdn ?? undefined },
    text: [words, subject, ...notes].filter((part) => part !== '').join('. '),
  };
}

/** The officers through whose hands it went: they have seen it. Who only looked, the chain says elsewhere. */
async function handlersOf(tx: Tx, complaint: CaseRow): Promise<string> {
  const acts = await tx.complaintEvent.findMany({
    where: { complaintId: complaint.id, actor: { startsWith: 'officer:' } },
    select: { actor: true },
    distinct: ['actor'],
  });
  return acts
    .map(({ actor }) => actor)
    .sort()
    .join(' ');
}

async function destroy({
  tx,
  clock,
  complaint,
}: Pick<OfficersCase, 'tx' | 'complaint'> & { clock: Clock }): Promise<void> {
  const { id, namedKey } = complaint;
  await forgetMessages(
    { tx, clock },
    {
      subjectId: id,
      purposes: [
        ...(['complaint.acknowledged', 'complaint.moved'] as const),
        ...(['complaint.asked', 'complaint.answered'] as const),
        'complaint.closed',
      ],
    },
  );
  await tx.complaintQuestion.deleteMany({ where: { complaintId: id } });
  await tx.complaintLink.deleteMany({
    where: { OR: [{ firstId: id }, { secondId: id }] },
  });
  await tx.complaint.updateMany({
    where: { duplicateOf: id },
    data: { duplicateOf: null },
  });
  await tx.complaint.updateMany({
    where: { closedAt: null, pendingInto: id },
    data: nothingPending,
  });
  // The one exception to a history that nobody edits: the store lets it go for this transaction only.
  await tx.$executeRaw`select set_config('jigi.retention', 'on', true)`;
  await tx.complaintEvent.deleteMany({ where: { complaintId: id } });
  await tx.$executeRaw`select set_config('jigi.retention', 'off', true)`;
  await tx.complaint.delete({ where: { id } });
  await recountAlert({ tx, clock }, namedKey);
}
