import { listCampaigns } from '../campaigns/queries';
import { holds } from '../staff/permissions';
import type { StaffMember } from '../staff/staff-member';
import { campaignPath } from './campaign-tabs';
import { haltWords } from './campaign-words';
import type { ConsoleHouse } from './console-house';

/** A campaign that an alarm halted, for whoever may decide what becomes of it. */
export interface CampaignAlarm {
  title: string;
  path: string;
  cause: string;
}

/** What of campaigns waits for whoever may approve them; nothing for anybody else. */
export async function campaignsToday(
  { db }: Pick<ConsoleHouse, 'db'>,
  member: StaffMember,
): Promise<{
  alarms: CampaignAlarm[];
  figures: { text: string; count: number; path: string }[];
}> {
  if (!holds(member, 'campaigns.approve')) return { alarms: [], figures: [] };
  const [halted, submitted] = await Promise.all([
    listCampaigns(db, { state: 'halted', perPage: 5 }),
    db.prisma.campaign.count({ where: { state: 'submitted' } }),
  ]);
  return {
    alarms: halted.map(({ id, title, haltCause }) => ({
      ...{ title, path: `${campaignPath(id)}/envoi` },
      cause: haltWords(haltCause),
    })),
    figures: [
      {
        ...{ text: 'Campagnes à approuver', count: submitted },
        path: '/console/campagnes?etat=submitted',
      },
    ],
  };
}
