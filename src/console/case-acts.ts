import { aroundActs } from './around-acts';
import type { CaseAct } from './case-act';
import { closingActs } from './closing-acts';
import { workingActs } from './working-acts';

/** Every act on a request, in the order in which the page shows them. */
export const caseActs: readonly CaseAct[] = [
  ...workingActs,
  ...closingActs,
  ...aroundActs,
];
