import type {
  Answer,
  ComplaintFacts,
  Dossier,
  FlowName,
  Gathering,
  Handover,
  HouseholdFacts,
  PaymentFacts,
} from '../../flows/contract';

/** Who may be calling, and with what behind the card: every value as long as it plausibly gets. */

const today = '2026-12-30';
const longPlace = 'Mairie de Diafounou-Diongaga';
const longProvider = 'Orange Money Mali';
const longAmountXof = 1_250_000;

/** The day on which the longest dates (of another year) come about. */
export const testDay = today;

export function aPayment(facts: Partial<PaymentFacts> = {}): PaymentFacts {
  return {
    paymentId: 1,
    state: 'open',
    from: '2026-12-28',
    to: '2027-01-03',
    modality: 'cash',
    feePaidBy: 'household',
    provider: longProvider,
    place: longPlace,
    amountXof: longAmountXof,
    months: 12,
    instalment: 12,
    instalments: 18,
    ...facts,
  };
}

/** What is left of a payment after the full card from a phone without a link. */
export function withoutAmount(payment: PaymentFacts): PaymentFacts {
  return without(payment, 'amountXof', 'months', 'instalment', 'instalments');
}

function without<T extends object, K extends keyof T>(
  facts: T,
  ...names: K[]
): Omit<T, K> {
  const kept = Object.entries(facts).filter(
    ([name]) => !names.some((left) => left === name),
  );
  // Object.fromEntries forgets the types of the keys that are kept.
  return Object.fromEntries(kept) as Omit<T, K>;
}

export function aGathering(facts: Partial<Gathering> = {}): Gathering {
  return {
    id: 31,
    state: 'planned',
    // A Wednesday of another year: the longest day that is written.
    day: '2027-01-06',
    time: '08:30',
    place: longPlace,
    ...facts,
  };
}

const pastWindow = {
  state: 'past',
  from: '2025-12-28',
  to: '2026-01-03',
} as const;

const pastPayments: PaymentFacts[] = [
  aPayment({
    ...pastWindow,
    paymentId: 11,
    result: 'paid',
    paidOn: '2025-12-29',
  }),
  aPayment({ ...pastWindow, paymentId: 12 }),
  aPayment({ ...pastWindow, paymentId: 13, result: 'returned' }),
];

const pastResults = ['partial', 'absent', 'rejected'] as const;

/** Its window and day are of another year, so that they are written with it. */
const paidInPart = {
  ...{ from: '2025-12-20', to: '2025-12-30', paidOn: '2025-12-29' },
  paidXof: longAmountXof,
};

const allPayments: PaymentFacts[] = [
  aPayment(),
  aPayment({ paymentId: 2, modality: 'wallet' }),
  aPayment({ paymentId: 3, state: 'coming' }),
  aPayment({
    paymentId: 4,
    state: 'coming',
    modality: 'bank',
    feePaidBy: 'programme',
  }),
  aPayment({ paymentId: 5, state: 'postponed' }),
  without(aPayment({ paymentId: 6, state: 'postponed' }), 'from', 'to'),
  without(aPayment({ paymentId: 7, state: 'cancelled' }), 'from', 'to'),
];

export function aHousehold(
  facts: Partial<HouseholdFacts> = {},
): HouseholdFacts {
  return {
    situation: 'active',
    zone: 'normal',
    payments: allPayments,
    past: pastPayments,
    answerable: [
      aPayment({ receipt: 'RECEIVED_WITH_ISSUES' }),
      aPayment({ paymentId: 2, modality: 'wallet' }),
      aPayment({
        ...pastWindow,
        paymentId: 11,
        amountXof: 30_000,
        result: 'paid',
        paidOn: '2025-12-29',
      }),
    ],
    monthsLeft: 24,
    hasAlternate: true,
    sessions: [
      aGathering(),
      without(aGathering({ id: 32, state: 'postponed' }), 'day'),
    ],
    distributions: [
      aGathering({ id: 41, state: 'postponed' }),
      without(aGathering({ id: 42, state: 'cancelled' }), 'day'),
    ],
    ration: aGathering({ id: 40, day: '2026-12-28' }),
    works: [
      {
        site: longPlace,
        days: 120,
        dailyWageXof: 1_500,
        windowFrom: '2026-12-28',
        windowTo: '2027-01-03',
      },
      { site: longPlace },
    ],
    grants: [
      {
        status: 'trained',
        amountXof: longAmountXof,
        meetingDay: '2027-01-06',
        meetingPlace: longPlace,
      },
      { status: 'selected' },
      { status: 'paid' },
    ],
    ...facts,
  };
}

const quietHousehold = aHousehold({
  payments: [],
  past: [],
  answerable: [],
  sessions: [],
  distributions: [],
  works: [],
  grants: [],
  hasAlternate: false,
});

export function aDossier(facts: Partial<Dossier> = {}): Dossier {
  return {
    level: 'L0',
    phoneKind: 'own',
    localeKnown: true,
    smsOn: true,
    contacts: ['+223 20 22 16 15', '+223 20 22 16 17', '36 710'],
    ...facts,
  };
}

/** A caller who has typed the four digits on a phone of the household. */
export function aProvedDossier(
  household: HouseholdFacts = aHousehold(),
  facts: Partial<Dossier> = {},
): Dossier {
  return aDossier({ level: 'L1', household, ...facts });
}

/** A caller who has typed the full card on a phone without a link. */
export function aBorrowedPhoneDossier(
  household: HouseholdFacts = aHousehold(),
): Dossier {
  const unheard = (payment: PaymentFacts) =>
    without(withoutAmount(payment), 'result', 'paidOn');
  return aDossier({
    level: 'L1b',
    phoneKind: 'unlinked',
    smsOn: false,
    household: {
      ...household,
      payments: household.payments.map(unheard),
      past: [],
      answerable: household.answerable.map(unheard),
      sessions: [],
      distributions: [],
      works: [],
      grants: [],
    },
  });
}

/** A caller who has typed the four digits on the relay's phone, where a place and a day would be a danger. */
export function anInsecureRelayDossier(
  household: HouseholdFacts = aHousehold(),
): Dossier {
  const withheld = (payment: PaymentFacts) =>
    without(withoutAmount(payment), 'place');
  const nowhere = (gathering: Gathering) =>
    without(gathering, 'day', 'time', 'place');
  const { ration, ...facts } = household;
  return aProvedDossier(
    {
      ...facts,
      zone: 'insecure',
      payments: household.payments.map(withheld),
      past: [],
      answerable: household.answerable.map(withheld),
      sessions: household.sessions.map(nowhere),
      distributions: household.distributions.map(nowhere),
      ...(ration === undefined ? {} : { ration: nowhere(ration) }),
      works: household.works.map((works) =>
        without(works, 'site', 'dailyWageXof'),
      ),
      grants: household.grants.map((grant) =>
        without(grant, 'amountXof', 'meetingDay', 'meetingPlace'),
      ),
    },
    { phoneKind: 'relay', smsOn: false },
  );
}

const situations = [
  'suspended',
  'moved',
  'closed',
  'registered',
  'ended',
] as const;

/** Everybody whom tests walk as. */
export const dossiers: Readonly<Record<string, Dossier>> = {
  'nothing proved, own phone': aDossier(),
  'nothing proved, family phone': aDossier({ phoneKind: 'family' }),
  'nothing proved, relay phone': aDossier({ phoneKind: 'relay', smsOn: false }),
  'nothing proved, no link': aDossier({
    phoneKind: 'unlinked',
    smsOn: false,
    contacts: [],
  }),
  'own phone': aProvedDossier(),
  'own phone, old facts': aProvedDossier(aHousehold({ asOf: '2026-12-20' })),
  'own phone, one coming in cash, old facts': aProvedDossier(
    aHousehold({
      payments: [aPayment({ state: 'coming' })],
      asOf: '2026-12-20',
    }),
  ),
  'own phone, one coming in cash': aProvedDossier(
    aHousehold({ payments: [aPayment({ state: 'coming' })] }),
  ),
  'own phone, one open in cash': aProvedDossier(
    aHousehold({ payments: [aPayment()] }),
  ),
  'own phone, lump sums and days without an hour': aProvedDossier(
    aHousehold({
      payments: allPayments.map((payment) => without(payment, 'months')),
      sessions: [without(aGathering(), 'time')],
      distributions: [without(aGathering(), 'time')],
    }),
  ),
  'own phone, only the past': aProvedDossier(aHousehold({ payments: [] })),
  'own phone, one coming by wallet': aProvedDossier(
    aHousehold({
      payments: [aPayment({ state: 'coming', modality: 'wallet' })],
    }),
  ),
  'own phone, one open by wallet': aProvedDossier(
    aHousehold({ payments: [aPayment({ modality: 'wallet' })] }),
  ),
  'own phone, one open by bank, old facts': aProvedDossier(
    aHousehold({
      payments: [aPayment({ modality: 'bank', feePaidBy: 'programme' })],
      asOf: '2026-12-20',
    }),
  ),
  'own phone, every other result': aProvedDossier(
    aHousehold({
      past: pastResults.map((result, at) =>
        aPayment({
          ...{ ...pastWindow, paymentId: 21 + at, result },
          ...(result === 'partial' ? paidInPart : {}),
        }),
      ),
      answerable: [],
      asOf: '2026-12-20',
    }),
  ),
  'relay phone': aProvedDossier(aHousehold(), {
    phoneKind: 'relay',
    smsOn: false,
  }),
  'own phone, nothing to tell': aProvedDossier(
    without(quietHousehold, 'ration'),
  ),
  'own phone, only a ration': aProvedDossier(quietHousehold),
  'borrowed phone': aBorrowedPhoneDossier(),
  'borrowed phone, insecure zone': aBorrowedPhoneDossier(
    aHousehold({
      zone: 'insecure',
      payments: allPayments.map((payment) => without(payment, 'place')),
    }),
  ),
  'relay phone, insecure zone': anInsecureRelayDossier(),
  ...Object.fromEntries(
    situations.map((situation) => [
      situation,
      aProvedDossier(aHousehold({ situation, payments: [] })),
    ]),
  ),
  'ended, one window open': aProvedDossier(aHousehold({ situation: 'ended' })),
};

/** Who tells the screens of a flow apart where what is planned for a household does not. */
const whoMatters = [
  'nothing proved, own phone',
  'nothing proved, family phone',
  'nothing proved, relay phone',
  'nothing proved, no link',
  'own phone, old facts',
  'own phone, every other result',
  'relay phone',
  'relay phone, insecure zone',
  'own phone, nothing to tell',
  'borrowed phone',
  'suspended',
];

/** As whom a flow is walked. */
export function walkersOf(name: FlowName): readonly string[] {
  const isAboutFacts =
    name === 'payment' || name === 'receipt' || name === 'activities';
  return isAboutFacts ? Object.keys(dossiers) : whoMatters;
}

const found: Omit<ComplaintFacts, 'detail'> = {
  complaintId: 5,
  reference: '12345678',
  open: true,
};

const told = {
  dueOn: '2027-01-28',
  mayAppeal: true,
  mayRate: true,
} as const;

const statuses = [
  'received',
  'inProgress',
  'waiting',
  'answered',
  'appealed',
  'referred',
] as const;

/** Everything that a chart may be answered. */
export const answers: readonly Answer[] = [
  { type: 'told.done' },
  { type: 'told.unusable' },
  { type: 'told.proved', dossier: aProvedDossier() },
  { type: 'told.wrong' },
  { type: 'told.fullCardNeeded' },
  { type: 'told.locked', until: 'soon' },
  { type: 'told.locked', until: 'tomorrow' },
  { type: 'told.recorded', mismatch: true },
  { type: 'told.recorded', mismatch: false },
  { type: 'told.filed', reference: '12345678', dueOn: '2027-01-28' },
  { type: 'told.found', complaint: found },
  { type: 'told.found', complaint: { ...found, open: false } },
  ...statuses.map((status): Answer => ({
    type: 'told.found',
    complaint: {
      ...found,
      detail: { status, answer: 'answer.notSelected', ...told },
    },
  })),
  ...(['yesNo', 'digit', 'date'] as const).map((kind): Answer => ({
    type: 'told.found',
    complaint: {
      ...found,
      detail: {
        ...{ status: 'waiting', ...told },
        question: { kind, text: 'question.mayVisit' },
      },
    },
  })),
  ...[true, false].map((may): Answer => ({
    type: 'told.found',
    complaint: {
      ...found,
      open: false,
      detail: {
        status: 'closed',
        closedOn: '2027-01-28',
        answer: 'answer.notSelected',
        mayAppeal: may,
        mayRate: may,
      },
    },
  })),
  { type: 'told.mistyped' },
  { type: 'told.unknown' },
  { type: 'told.exhausted' },
  { type: 'told.counsellor', open: true },
  { type: 'told.counsellor', open: false },
  { type: 'told.notKept' },
  { type: 'told.willCall', code: '37', when: 'today' },
  { type: 'told.willCall', code: '37', when: 'tomorrow' },
];

/** What may be typed, of every length that some screen takes. */
export const typed: readonly string[] = [
  '1234',
  '0503',
  '6000',
  '30000',
  '250000',
  '1250000',
  '76123456',
  '1234567890',
];

/** How each flow may be opened, besides with nothing. */
export const handovers: Readonly<Record<FlowName, readonly Handover[]>> = {
  resume: [],
  language: [],
  main: [],
  identity: [
    { then: 'payment' },
    { then: 'complaint', subject: 'card.damaged' },
    { then: 'complaint', category: 'payment' },
  ],
  payment: [],
  receipt: [{ ration: true }, { paymentId: 11 }],
  complaint: [
    { category: 'payment' },
    { category: 'payment', paymentId: 12 },
    { category: 'payment', withoutCard: true },
    { subject: 'card.lost', withoutCard: true },
    { subject: 'targeting.notListed', withoutCard: true },
    { subject: 'phone.newNumber' },
    { subject: 'phone.newNumber', withoutCard: true },
    { subject: 'payment.cannotGo', paymentId: 1 },
    { subject: 'payment.cannotGo', paymentId: 11 },
    { subject: 'payment.notPaid', respondBy: 'none' },
    { subject: 'ration.incomplete', respondBy: 'sms', distributionId: 40 },
    { subject: 'accident.works' },
    { anonymous: true },
    { withoutCard: true },
  ],
  follow: [{ reference: '12345678' }],
  activities: [],
  help: [{ callback: true }],
  settings: [],
};
