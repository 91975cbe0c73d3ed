import {
  actOn,
  statusOf,
  type Acted,
  type AtVersion,
  type CaseDesk,
} from './case-desk';
import { takeStep } from './take-step';
import type { Officer } from './visibility';

/** An officer has looked at a complaint and takes note of it: it is where it belongs. */
export function acknowledgeComplaint(
  desk: CaseDesk,
  officer: Officer,
  at: AtVersion,
): Promise<Acted> {
  return actOn(desk, officer, at, 'complaints.work', (open) =>
    statusOf(open.complaint) === 'RECEIVED'
      ? takeStep(open, {
          ...{ kind: 'acknowledged', to: 'ACKNOWLEDGED' },
          notice: 'acknowledged',
        })
      : takeStep(open, { kind: 'acknowledged', to: 'TRIAGED' }),
  );
}
