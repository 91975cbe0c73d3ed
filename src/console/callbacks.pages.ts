import { type CallMark, waitingCalls } from '../complaints/callback-list';
import type { WaitingCall } from '../complaints/callback-list';
import { markCallback } from '../complaints/mark-callback';
import { officerOf } from '../complaints/officer';
import { isIsoDay, shortDay } from '../text/dates';
import { spokenMsisdn } from '../text/msisdn';
import { languageWords } from './complaint-words';
import { saying } from './notices';
import { readNumber } from './read-fields';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

const access = 'callbacks.work';

/** Who waits for a call: a list that is worked, or printed. */
export const callbackPages: readonly Route[] = [
  forStaff('get', '/rappels', access, list),
  forStaff('post', '/rappels/:id/fait', access, (visit) => mark(visit, 'done')),
  forStaff('post', '/rappels/:id/sans-reponse', access, (visit) =>
    mark(visit, 'noAnswer'),
  ),
];

async function list({ house, staff, query }: StaffedVisit): Promise<Reply> {
  const today = house.clock.today();
  const after = readMark(query['apres']);
  const { calls, next } = await waitingCalls(
    house.db,
    await officerOf(house.db, staff.member),
    after,
  );
  return {
    ...{ kind: 'page', view: 'callbacks', title: 'Rappels' },
    values: {
      calls: calls.map((call) => shownCall(call, today)),
      first: after && '/console/rappels',
      next:
        next && `/console/rappels?apres=${next.day}.${next.hour}.${next.id}`,
    },
  };
}

/** What became of a call. */
async function mark(
  { house, staff, params }: StaffedVisit,
  outcome: 'done' | 'noAnswer',
): Promise<Reply> {
  const callbackId = readNumber(params['id']);
  if (callbackId === undefined) return { kind: 'notFound' };
  const officer = await officerOf(house.db, staff.member);
  const { kind } = await markCallback(house, officer, { callbackId, outcome });
  if (kind === 'notFound') return { kind: 'notFound' };
  const notice = kind === 'again' ? 'rappelDemain' : 'rappelNote';
  return { kind: 'goTo', path: saying('/console/rappels', notice) };
}

const slots = { morning: 'matin', midday: 'midi', evening: 'soir' } as const;

function shownCall(call: WaitingCall, today: string) {
  const { callOn, msisdn, locale } = call;
  return {
    ...call,
    isoDay: callOn === today ? 'Aujourd’hui' : shortDay(callOn, today),
    slotText: slots[call.slot],
    isLate: callOn < today,
    spoken: spokenMsisdn(msisdn),
    language: languageWords[locale] ?? locale,
  };
}

/** `2026-03-12.1.17` */
function readMark(word: string | undefined): CallMark | undefined {
  const [day = '', ...numbers] = word?.split('.') ?? [];
  const [hour, id] = numbers.map(readNumber);
  return isIsoDay(day) && hour !== undefined && id !== undefined
    ? { day, hour, id }
    : undefined;
}
