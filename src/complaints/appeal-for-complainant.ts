import { recountAlert } from './alerts';
import { appealChange, mayAppeal } from './appeal-change';
import { actOn, type Acted, type AtVersion, type CaseDesk } from './case-desk';
import { staffWords, type WordsRefused } from './staff-words';
import { takeStep } from './take-step';
import type { Officer } from './visibility';

/** Takes down that a complainant appeals, who came or called to say so. It goes one level up, and another decides. */
export async function appealForComplainant(
  desk: CaseDesk,
  officer: Officer,
  { note, ...at }: AtVersion & { note?: string },
): Promise<Acted | WordsRefused> {
  const read = staffWords(note);
  if (read.kind !== 'fit') return read;
  return actOn(desk, officer, at, 'complaints.file', async (open) => {
    const { clock } = desk;
    if (!mayAppeal(open.complaint, clock.now())) return { kind: 'notNow' };
    const appealed = await takeStep(open, {
      ...{ kind: 'appealed', to: 'APPEALED', notice: 'moved' },
      ...appealChange(open.complaint, clock.today()),
      note: read.words,
    });
    // One that was a duplicate counts again against whom it names.
    await recountAlert(open, open.complaint.namedKey);
    return appealed;
  });
}
