import {
  decideChange,
  type ChangeDecided,
  type ChangeWord,
} from '../register/decide-phone-change';
import {
  actOn,
  type AtVersion,
  type CaseDesk,
  type Refusal,
} from './case-desk';
import { takeStep } from './take-step';
import type { Officer } from './visibility';

/** What became of the change, as `decidePhoneChange` tells; `notTheirs`: it is of another household than the complaint. */
export type ChangeApplied = ChangeDecided | Refusal | { kind: 'notTheirs' };

/** Decides the change of number that a complaint asked for, and notes it in its history: both, or neither. */
export function applyPhoneChange(
  desk: CaseDesk,
  officer: Officer,
  { changeId, approves, ...at }: AtVersion & ChangeWord,
): Promise<ChangeApplied> {
  return actOn(desk, officer, at, 'phoneChanges.decide', async (open) => {
    const { householdId } = open.complaint;
    const asked = { id: changeId, householdId: householdId ?? 0 };
    if ((await open.tx.phoneChange.count({ where: asked })) === 0)
      return { kind: 'notTheirs' };
    const decided = await decideChange(open, officer, { changeId, approves });
    if (decided.kind !== 'done' && decided.kind !== 'waits') return decided;
    await takeStep(open, {
      kind: 'applied',
      details: { phoneChange: changeId, approves, became: decided.kind },
    });
    return decided;
  });
}
