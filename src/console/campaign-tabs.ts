import type { CampaignRow } from '../campaigns/campaign-row';

/** The pages of one campaign. */
export type CampaignTab =
  | 'summary'
  | 'preview'
  | 'numbers'
  | 'live'
  | 'board'
  | 'calls'
  | 'relays'
  | 'spoken';

/** Each page with its address, and from when on there is something on it. */
const tabs: readonly {
  tab: CampaignTab;
  text: string;
  at: string;
  from?: 'frozenAt' | 'startedAt';
}[] = [
  { tab: 'summary', text: 'Résumé', at: '' },
  { tab: 'preview', text: 'Aperçu', at: '/apercu' },
  { tab: 'numbers', text: 'Chiffres', at: '/chiffres' },
  { tab: 'live', text: 'Envoi', at: '/envoi', from: 'startedAt' },
  { tab: 'board', text: 'Villages', at: '/villages', from: 'startedAt' },
  { tab: 'calls', text: 'À visiter', at: '/a-visiter', from: 'startedAt' },
  { tab: 'relays', text: 'Relais', at: '/relais', from: 'frozenAt' },
  { tab: 'spoken', text: 'Radio et affiche', at: '/radio' },
];

/** The address of a campaign. */
export function campaignPath(id: number): string {
  return `/console/campagnes/${id}`;
}

/** The ways between the pages of a campaign. */
export function tabsOf(
  campaign: Pick<CampaignRow, 'id' | 'frozenAt' | 'startedAt'>,
  here: CampaignTab,
): { text: string; path: string; isHere: boolean }[] {
  return tabs
    .filter(({ from }) => from === undefined || campaign[from] !== null)
    .map(({ tab, text, at }) => ({
      ...{ text, isHere: tab === here },
      path: `${campaignPath(campaign.id)}${at}`,
    }));
}
