import type {
  ComplaintFacts,
  Gathering,
  GrantFacts,
  HouseholdFacts,
  PaymentFacts,
  WorksFacts,
} from '../../flows/contract';
import type { Fact } from '../../src/register/disclosure';

/** A value's class; `own` is no fact about the household, `nested` has values of its own. */
type Class = Fact | 'own' | 'nested';

/** Every value has a class: a new one does not compile until it has been given one. */
type Classes<T> = { readonly [Name in keyof Required<T>]: Class };

const payment = {
  paymentId: 'own',
  // Where today stands in the window.
  state: 'window',
  from: 'window',
  to: 'window',
  modality: 'modality',
  feePaidBy: 'modality',
  provider: 'provider',
  place: 'place',
  amountXof: 'amount',
  months: 'months',
  instalment: 'history',
  instalments: 'history',
  result: 'result',
  paidOn: 'result',
  paidXof: 'amount',
  receipt: 'receipt',
} as const satisfies Classes<PaymentFacts>;

const gathering = {
  id: 'own',
  state: 'gathering',
  day: 'gatheringDay',
  time: 'gatheringPlace',
  place: 'gatheringPlace',
} as const satisfies Classes<Gathering>;

const works = {
  site: 'place',
  days: 'works',
  dailyWageXof: 'amount',
  windowFrom: 'window',
  windowTo: 'window',
} as const satisfies Classes<WorksFacts>;

const grant = {
  status: 'grant',
  amountXof: 'amount',
  meetingDay: 'gatheringDay',
  meetingPlace: 'gatheringPlace',
} as const satisfies Classes<GrantFacts>;

const household = {
  situation: 'situation',
  // Decides what is shown; no screen tells it.
  zone: 'own',
  payments: 'nested',
  past: 'history',
  answerable: 'nested',
  monthsLeft: 'duration',
  hasAlternate: 'alternate',
  sessions: 'gathering',
  distributions: 'gathering',
  ration: 'gathering',
  works: 'works',
  grants: 'grant',
  asOf: 'freshness',
} as const satisfies Classes<HouseholdFacts>;

/** Open or closed is told to whoever has the number of a request. */
export const complaintClasses = {
  complaintId: 'own',
  reference: 'own',
  open: 'own',
  detail: 'complaintStatus',
} as const satisfies Classes<ComplaintFacts>;

/** One value that a flow is given, and its class. */
export interface ClassedValue {
  fact: Fact;
  name: string;
  value: unknown;
}

const isThere = (value: unknown): boolean =>
  value !== undefined &&
  value !== false &&
  !(Array.isArray(value) && value.length === 0);

function classed(
  name: string,
  values: object,
  classes: Readonly<Record<string, Class>>,
): ClassedValue[] {
  return Object.entries(values).flatMap(([field, value]) => {
    const fact = classes[field];
    if (fact === undefined) throw new Error(`${name}.${field} has no class`);
    return fact === 'own' || fact === 'nested' || !isThere(value)
      ? []
      : [{ fact, name: `${name}.${field}`, value: value as unknown }];
  });
}

/** Every value that a flow is given of a household. */
export function classedValues(facts: HouseholdFacts): ClassedValue[] {
  const { payments, past, answerable, sessions, distributions, ration } = facts;
  const gatherings = [...sessions, ...distributions, ration ?? []].flat();
  return [
    ...classed('household', facts, household),
    ...[...payments, ...past, ...answerable].flatMap((one) =>
      classed('payment', one, payment),
    ),
    ...gatherings.flatMap((one) => classed('gathering', one, gathering)),
    ...facts.works.flatMap((one) => classed('works', one, works)),
    ...facts.grants.flatMap((one) => classed('grant', one, grant)),
  ];
}
