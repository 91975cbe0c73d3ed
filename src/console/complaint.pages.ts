import { type CaseFile, readCase } from '../complaints/case-file';
import { complaintSeen } from '../complaints/complaint-seen';
import { officerOf } from '../complaints/officer';
import type { Officer } from '../complaints/visibility';
import { refusalFaults } from './act-refusals';
import type { CaseAct } from './case-act';
import { caseActs } from './case-acts';
import { notSealed } from './not-sealed';
import { saying } from './notices';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';
import { showCase } from './show-case';

const inbox = '/console/demandes';

/** One request with its whole story, and each thing that may be done to it: one form an act. */
export const complaintPages: readonly Route[] = [
  forStaff('get', '/demandes/:reference', 'complaints.see', (visit) =>
    withCase(visit, showCase),
  ),
  ...caseActs.map((act) =>
    forStaff(
      'post',
      `/demandes/:reference/${act.word}`,
      act.permission,
      (visit) =>
        withCase(visit, (_, officer, found) =>
          carryOut(visit, act, officer, found),
        ),
    ),
  ),
];

async function withCase(
  visit: StaffedVisit,
  work: (
    visit: StaffedVisit,
    officer: Officer,
    found: CaseFile,
  ) => Promise<Reply>,
): Promise<Reply> {
  const { house, staff, params } = visit;
  const officer = await officerOf(house.db, staff.member);
  const found = await readCase(house.db, officer, params['reference'] ?? '');
  return found === undefined
    ? { kind: 'notFound' }
    : work(visit, officer, found);
}

/** `version=4&…`: done, or the page again with what was typed. */
async function carryOut(
  visit: StaffedVisit,
  act: CaseAct,
  officer: Officer,
  found: CaseFile,
): Promise<Reply> {
  const { form } = visit;
  const at = { complaintId: found.id, version: readVersion(form['version']) };
  const done = await act.run(visit.house, officer, at, form);
  const path = `/console/demandes/${found.reference}`;
  if (done.kind === 'sealed')
    return { kind: 'goTo', path: saying(inbox, act.notice) };
  if (done.kind === 'noKey') return notSealed(visit.house, found.reference);
  if (done.kind === 'done' || done.kind === 'waits') {
    const notice = done.kind === 'done' ? act.notice : 'attend';
    const isHers = await complaintSeen(
      visit.house.db,
      officer,
      found.reference,
    );
    // It went where she does not see it: to another level, or past whom it names.
    return { kind: 'goTo', path: saying(isHers ? path : inbox, notice) };
  }
  if (done.kind === 'notFound') return { kind: 'notFound' };
  const isOvertaken = done.kind === 'changed';
  const faults = isOvertaken ? {} : faultsOf(act, done, form);
  return withCase(visit, (_, reader, now) =>
    showCase(visit, reader, now, {
      ...{ act: act.word, faults },
      ...(isOvertaken && { isOvertaken }),
    }),
  );
}

function faultsOf(
  act: CaseAct,
  refused: Awaited<ReturnType<CaseAct['run']>>,
  form: StaffedVisit['form'],
): Readonly<Record<string, string>> {
  return (
    refused.faults ?? refusalFaults(refused.kind, Object.keys(form), act.word)
  );
}

/** A version that no request has, where none was sent: then it is shown as overtaken. */
function readVersion(typed: string | undefined): number {
  return /^\d{1,9}$/.test(typed ?? '') ? Number(typed) : -1;
}
