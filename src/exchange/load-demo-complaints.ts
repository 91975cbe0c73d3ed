import { acknowledgeComplaint } from '../complaints/acknowledge-complaint';
import { askComplainant } from '../complaints/ask-complainant';
import { assignComplaint } from '../complaints/assign-complaint';
import type { AtVersion, CaseDesk } from '../complaints/case-desk';
import { closeComplaint } from '../complaints/close-complaint';
import { flagRetaliation } from '../complaints/flag-retaliation';
import { nameSubject } from '../complaints/name-subject';
import { fileComplaint } from '../complaints/file-complaint';
import { noteOnComplaint } from '../complaints/note-on-complaint';
import { officerOf } from '../complaints/officer';
import { proposeAnswer } from '../complaints/propose-answer';
import { referComplaint } from '../complaints/refer-complaint';
import type { Officer } from '../complaints/visibility';
import { type Database, inTransaction } from '../runtime/database';
import { memberColumns, staffMember } from '../staff/staff-member';
import {
  DEMO_COMPLAINTS,
  type DemoAct,
  type DemoComplaint,
} from './demo-complaints';
import {
  dayClock,
  type Plaintiff,
  plaintiffs,
  stranger,
} from './demo-plaintiffs';
import {
  addBodies,
  askForNumbers,
  askToBeCalled,
  type DemoDesk,
} from './load-demo-asks';

/**
 * Files the invented complaints on their days and lives them through, by the same use cases as the phone and the
 * console: on their days' clock, by the invented accounts. Where there are complaints already nothing is done.
 * @returns how many were filed
 */
export async function loadDemoComplaints(desk: DemoDesk): Promise<number> {
  const { db } = desk;
  if ((await db.prisma.complaint.count({ take: 1 })) > 0) return 0;
  const officers = await demoOfficers(db);
  await addBodies(desk, officers.get('plaintes'));
  const waiting = await plaintiffs(db, desk.clock.today());
  for (const [at, story] of DEMO_COMPLAINTS.entries()) {
    const there = waiting.filter(({ place }) => place === story.place);
    // Where few households live, most who ask are not of the register.
    const who = there[at % Math.max(5, there.length)];
    await live(desk, officers, story, who ?? stranger(story.place));
  }
  await askToBeCalled(desk, waiting);
  await askForNumbers(desk, waiting);
  return db.prisma.complaint.count();
}

async function live(
  desk: DemoDesk,
  officers: ReadonlyMap<string, Officer>,
  story: DemoComplaint,
  who: Plaintiff,
): Promise<void> {
  const { category, subject, respondBy, anonymous = false } = story;
  const on = (after: number): CaseDesk => ({
    ...{ db: desk.db, wording: desk.wording },
    clock: dayClock(desk.clock, after - story.daysAgo),
  });
  const isReached = respondBy !== 'sms' || who.msisdn !== null;
  const { complaintId } = await inTransaction(desk.db, (tx) =>
    fileComplaint(
      { ...on(0), tx },
      {
        ...{ category, subject, origin: 'ussd', anonymous },
        respondBy: isReached ? respondBy : 'dial',
        ...{
          retaliation: false,
          locale: 'fr',
          proofLevel: who.householdId === null ? 'L0' : 'L1',
        },
        householdId: who.householdId ?? undefined,
        communeCode: who.communeCode,
        contactMsisdn: who.msisdn ?? undefined,
        ...(category === 'payment' && {
          paymentId: who.paymentId ?? undefined,
        }),
      },
    ),
  );
  for (const act of story.acts) {
    const officer = officers.get(act.by);
    if (officer === undefined) continue;
    const row = await desk.db.prisma.complaint.findUnique({
      where: { id: complaintId },
      select: { version: true },
    });
    const at = { complaintId, version: row?.version ?? 0 };
    await carryOut(on(act.after), officer, at, act);
  }
}

function carryOut(
  desk: CaseDesk,
  officer: Officer,
  at: AtVersion,
  act: DemoAct,
): Promise<unknown> {
  switch (act.do) {
    case 'acknowledge':
      return acknowledgeComplaint(desk, officer, at);
    case 'take':
      return assignComplaint(desk, officer, { ...at, to: officer.id });
    case 'note':
      return noteOnComplaint(desk, officer, { ...at, note: act.note });
    case 'ask':
      return askComplainant(desk, officer, { ...at, question: act.question });
    case 'propose':
      return proposeAnswer(desk, officer, {
        ...{ ...at, answer: act.answer, decision: act.decision },
        ...(act.xof !== undefined && { amountRestoredXof: act.xof }),
      });
    case 'close':
      return closeComplaint(desk, officer, {
        ...{ ...at, outcome: act.outcome, decision: act.decision },
      });
    case 'refer':
      return referComplaint(desk, officer, { ...at, referralBodyId: 1 });
    case 'threats':
      return flagRetaliation(desk, officer, { ...at, by: 'N2' });
    case 'name':
      return nameSubject(desk, officer, {
        ...at,
        named: { kind: 'agent', code: act.code, text: act.who },
      });
  }
}

async function demoOfficers(
  db: Database,
): Promise<ReadonlyMap<string, Officer>> {
  const rows = await db.prisma.staffAccount.findMany({
    where: { isDemo: true },
    select: memberColumns,
  });
  const officers = new Map<string, Officer>();
  for (const row of rows) {
    const member = staffMember(row);
    officers.set(member.login, await officerOf(db, member));
  }
  return officers;
}
