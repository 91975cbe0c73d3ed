import { countWaitingCalls } from '../complaints/callback-list';
import { countInbox } from '../complaints/count-inbox';
import { officerOf } from '../complaints/officer';
import { countInboxItems } from '../messaging/inbox';
import { holds } from '../staff/permissions';
import type { StaffMember } from '../staff/staff-member';
import type { ConsoleHouse } from './console-house';
import { inboxPath, viewWords } from './inbox-address';

/** One figure of somebody's day, and where it leads. */
interface DayFigure {
  text: string;
  count: number;
  path: string;
  isUrgent?: boolean;
}

/** What waits for somebody today; nothing for who works no requests. */
export async function workToday(
  { db, clock }: Pick<ConsoleHouse, 'db' | 'clock'>,
  member: StaffMember,
): Promise<DayFigure[]> {
  if (!holds(member, 'complaints.see')) return [];
  const officer = await officerOf(db, member);
  const today = clock.today();
  const counts = await countInbox(db, { officer, today });
  const views = ['mine', 'late', 'atRisk', 'unassigned', 'approvals'] as const;
  const figures = views.map((view) => ({
    ...{ text: viewWords[view].text, count: counts[view] },
    ...{ path: inboxPath({ view }), isUrgent: view === 'late' },
  }));
  if (holds(member, 'callbacks.work')) {
    const count = await countWaitingCalls(db, officer, today);
    figures.push({
      ...{ text: 'À rappeler', count },
      ...{ path: '/console/rappels', isUrgent: false },
    });
  }
  if (holds(member, 'inboundSms.work')) {
    const count = await countInboxItems(db);
    figures.push({
      ...{ text: 'Messages à lire', count },
      ...{ path: '/console/messages', isUrgent: false },
    });
  }
  return figures;
}
