import { costStatement } from '../campaigns/cost-statement';
import { setPrice } from '../campaigns/set-price';
import { operatorLanes } from '../messaging/operator-lane';
import { pricesOf } from '../messaging/price-table';
import type { AppError } from '../runtime/errors';
import { holds } from '../staff/permissions';
import { formatXof } from '../text/money';
import { operatorTitles } from './campaign-words';
import { grouped } from './grouped';
import { saying } from './notices';
import { refusalOf } from './of-campaign';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

/** What an SMS costs, and what campaigns have cost. */
export const campaignCostsPages: readonly Route[] = [
  forStaff('get', '/campagnes/couts', 'campaigns.prepare', (visit) =>
    show(visit),
  ),
  forStaff('post', '/campagnes/prix', 'campaigns.approve', price),
];

async function show(
  { house, staff, query, form }: StaffedVisit,
  refusal?: AppError,
): Promise<Reply> {
  const desk = house.campaignDesk();
  const thisYear = Number(house.clock.today().slice(0, 4));
  const year = /^20\d\d$/.test(query['annee'] ?? '')
    ? Number(query['annee'])
    : thisYear;
  const lines = await costStatement(desk.db, {
    from: `${year}-01-01`,
    to: `${year + 1}-01-01`,
  });
  const prices = await pricesOf(desk.db, desk);
  const total = lines.reduce((sum, { costXof }) => sum + costXof, 0);
  return {
    ...{ kind: 'page', view: 'campaign-costs', title: 'Prix et coûts' },
    ...(refusal !== undefined && { status: 422 }),
    values: {
      ...{ year, typed: form, today: house.clock.today() },
      faults: refusal === undefined ? {} : { prix: refusal.message },
      years: [thisYear - 2, thisYear - 1, thisYear].map((one) => ({
        ...{ value: String(one), text: String(one), selected: one === year },
      })),
      costs: lines.map((line) => ({
        ...{ month: line.month, financing: line.financing },
        operator: operatorTitles[line.operator],
        messages: grouped(line.messages),
        segments: grouped(line.segments),
        cost: formatXof(line.costXof),
      })),
      total: formatXof(total),
      prices: operatorLanes.map((operator) => ({
        ...{ name: operatorTitles[operator], price: prices[operator] },
      })),
      operators: operatorLanes.map((operator) => ({
        ...{ value: operator, text: operatorTitles[operator] },
        selected: form['reseau'] === operator,
      })),
      maySet: holds(staff.member, 'campaigns.approve'),
    },
  };
}

async function price(visit: StaffedVisit): Promise<Reply> {
  const { house, staff, form } = visit;
  const refusal = await refusalOf(() =>
    setPrice(house.campaignDesk(), staff.member, {
      operator: form['reseau'] ?? '',
      validFrom: form['jour'] ?? '',
      priceXof: /^\d{1,4}$/.test(form['prix'] ?? '')
        ? Number(form['prix'])
        : Number.NaN,
    }),
  );
  return refusal === undefined
    ? { kind: 'goTo', path: saying('/console/campagnes/couts', 'prixEcrit') }
    : show(visit, refusal);
}
