import {
  actOn,
  type Acted,
  type AtVersion,
  type CaseDesk,
  type OpenCase,
} from './case-desk';
import { staffWords, type WordsRefused } from './staff-words';
import { takeStep } from './take-step';
import type { Officer } from './visibility';

/** Sends a complainant to an outside body of the directory. `noSuchBody`: it is not there, or is offered no more. */
export async function referComplaint(
  desk: CaseDesk,
  officer: Officer,
  referral: AtVersion & { referralBodyId: number; note?: string },
): Promise<Acted | WordsRefused | { kind: 'noSuchBody' }> {
  const { referralBodyId, note, ...at } = referral;
  const read = staffWords(note);
  if (read.kind !== 'fit') return read;
  return actOn(desk, officer, at, 'complaints.work', async (open) => {
    if (!(await isOffered(open, referralBodyId))) return { kind: 'noSuchBody' };
    return takeStep(open, {
      ...{ kind: 'referred', to: 'REFERRED', notice: 'moved' },
      ...{ note: read.words, change: { referralBodyId } },
      details: { referralBodyId },
    });
  });
}

/** Whether the directory offers a body today. */
export async function isOffered(
  { tx }: Pick<OpenCase, 'tx'>,
  id: number,
): Promise<boolean> {
  return (await tx.referralBody.count({ where: { id, endedOn: null } })) > 0;
}
