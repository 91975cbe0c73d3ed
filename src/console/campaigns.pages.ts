import { campaignStates } from '../campaigns/lifecycle';
import { listCampaigns } from '../campaigns/queries';
import { campaignPath } from './campaign-tabs';
import { haltWords, kindTitles, stateTag } from './campaign-words';
import { grouped } from './grouped';
import { readNumber } from './read-fields';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

/** All campaigns, the newest first. */
export const campaignsPages: readonly Route[] = [
  forStaff('get', '/campagnes', 'campaigns.prepare', list),
];

const perPage = 30;

async function list({ house, query }: StaffedVisit): Promise<Reply> {
  const state = campaignStates.find((one) => one === query['etat']);
  const page = readNumber(query['page']) ?? 1;
  // One more than is shown: whether there is a next page.
  const found = await listCampaigns(house.db, {
    ...{ state, page, perPage: perPage + 1 },
    skip: (page - 1) * perPage,
  });
  const at = (number: number): string =>
    `/console/campagnes?${new URLSearchParams({
      ...(state !== undefined && { etat: state }),
      page: String(number),
    }).toString()}`;
  return {
    ...{ kind: 'page', view: 'campaigns', title: 'Campagnes' },
    values: {
      views: [
        {
          text: 'Toutes',
          path: '/console/campagnes',
          isChosen: state === undefined,
        },
        ...campaignStates.map((one) => ({
          text: stateTag(one).text,
          path: `/console/campagnes?etat=${one}`,
          isChosen: one === state,
        })),
      ],
      rows: found.slice(0, perPage).map((one) => ({
        ...one,
        path: campaignPath(one.id),
        tag: stateTag(one.state),
        kindTitle: kindTitles[one.kind] ?? one.kind,
        target: one.target === null ? undefined : grouped(one.target),
        halt: one.state === 'halted' ? haltWords(one.haltCause) : undefined,
      })),
      isNarrowed: state !== undefined,
      first: page > 1 ? at(page - 1) : undefined,
      next: found.length > perPage ? at(page + 1) : undefined,
    },
  };
}
