import {
  actOn,
  type AtVersion,
  type CaseDesk,
  type Refusal,
} from './case-desk';
import { decide, type Decision } from './decide-step';
import { outcomes, type DecisionCode, type Outcome } from './decisions';
import { isOffered } from './refer-complaint';
import { staffWords, type WordsRefused } from './staff-words';
import type { Officer } from './visibility';

/** How and why a complaint ends. */
export interface Closing extends AtVersion {
  outcome: Outcome;
  decision: DecisionCode;
  note?: string;
  /** Where to go, of what is out of scope: asked for there. */
  referralBodyId?: number;
}

/** Closed, or waiting for a second person; `noSuchBody`: out of scope needs where to go. */
export type Closed = Decision | Refusal | WordsRefused | { kind: 'noSuchBody' };

/** Closes a complaint with a decision code; the table of moves says from where. */
export async function closeComplaint(
  desk: CaseDesk,
  officer: Officer,
  closing: Closing,
): Promise<Closed> {
  const { outcome, decision, note, referralBodyId, ...at } = closing;
  const read = staffWords(note);
  if (read.kind !== 'fit') return read;
  return actOn(desk, officer, at, 'complaints.close', async (open) => {
    const isToGo = outcome === 'outOfScope' || referralBodyId !== undefined;
    if (isToGo && !(await isOffered(open, referralBodyId ?? 0)))
      return { kind: 'noSuchBody' };
    return decide(open, {
      ...{ kind: 'closing', to: outcomes[outcome].status, decision },
      ...{ note: read.words, referralBodyId },
    });
  });
}
