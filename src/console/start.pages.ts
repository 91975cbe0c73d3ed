import { permissionsOf } from '../staff/permissions';
import { permissions } from '../staff/roles';
import { unitNames } from '../staff/unit-names';
import { campaignsToday } from './campaigns-today';
import { workToday } from './work-today';
import { linesFor, usedOnPages } from './navigation';
import { reachWords } from './told-account';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

/** What somebody finds first: what her role can do, and where. */
export const startPages: readonly Route[] = [
  forStaff('get', '/', 'account.own', showStart),
];

async function showStart({ house, staff }: StaffedVisit): Promise<Reply> {
  const { member } = staff;
  const names = await unitNames(house.db, [member.territory?.code]);
  const links = linesFor(member).filter(({ path }) => path !== '/console');
  const opened = new Set(links.map(({ permission }) => permission));
  const campaigns = await campaignsToday(house, member);
  const rights = [...permissionsOf(member.role)];
  return {
    ...{ kind: 'page', view: 'start', title: 'Accueil' },
    values: {
      today: [...(await workToday(house, member)), ...campaigns.figures],
      alarms: campaigns.alarms,
      links: links.map((link) => ({
        ...link,
        does: link.does ?? permissions[link.permission].does,
      })),
      reach: reachWords(member, names),
      rights: rights
        .filter((right) => !opened.has(right) && !usedOnPages.has(right))
        .map((right) => permissions[right].does),
    },
  };
}
