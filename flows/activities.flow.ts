import { emit, setup } from 'xstate';
import {
  bareDayValue,
  countValue,
  dayValue,
  moneyValue,
  nameValue,
  openProved,
  phraseValue,
  typesOf,
  weekdayValue,
  type ComplaintSubject,
  type Flow,
  type FlowContext,
  type Gathering,
  type GrantFacts,
  type HouseholdFacts,
  type ScreenMeta,
  type Values,
  type WorksFacts,
} from './contract';

/** What there is a list of. */
type List = 'sessions' | 'distributions' | 'works' | 'grants';

interface ActivitiesContext extends FlowContext {
  /** Which of the list is shown. */
  at: number;
}

const has =
  (list: List, ahead = 0) =>
  ({ context }: { context: ActivitiesContext }) =>
    context.dossier.household?.[list][context.at + ahead] !== undefined;

const chart = setup({
  types: typesOf<ActivitiesContext>(),
  guards: {
    isUnproved: ({ context }) => context.dossier.household === undefined,
    isOwnPhone: ({ context }) => context.dossier.level === 'L1',
    hasRation: ({ context }) => context.dossier.household?.ration !== undefined,
    hasSession: has('sessions'),
    hasNextSession: has('sessions', 1),
    hasDistribution: has('distributions'),
    hasNextDistribution: has('distributions', 1),
    hasWorks: has('works'),
    hasNextWorks: has('works', 1),
    hasGrant: has('grants'),
    hasNextGrant: has('grants', 1),
  },
});

const opensComplaint = (subject: ComplaintSubject) => ({
  actions: chart.emit({ type: 'open', flow: 'complaint', with: { subject } }),
});

const showsNext = chart.assign({ at: ({ context }) => context.at + 1 });

const machine = chart.createMachine({
  id: 'activities',
  context: ({ input }) => ({ dossier: input.dossier, at: 0 }),
  initial: 'route',
  states: {
    route: {
      always: [
        { guard: 'isUnproved', target: 'unproved' },
        { guard: 'isOwnPhone', target: 'menu' },
        { target: 'ownPhone' },
      ],
    },
    unproved: {
      meta: { waits: true } satisfies ScreenMeta,
      entry: emit(({ context }) => openProved(context.dossier, 'activities')),
    },
    ownPhone: {
      meta: { choices: ['callback', 'complaint'] } satisfies ScreenMeta,
      on: {
        'choose.callback': {
          actions: emit({
            type: 'open',
            flow: 'help',
            with: { callback: true },
          }),
        },
        'choose.complaint': opensComplaint('service.activity'),
      },
    },
    menu: {
      meta: {
        choices: ['sessions', 'distributions', 'works', 'grants'],
      } satisfies ScreenMeta,
      on: {
        'choose.sessions': [
          { guard: 'hasSession', target: 'session' },
          { target: 'noSession' },
        ],
        'choose.distributions': [
          { guard: 'hasDistribution', target: 'distribution' },
          { target: 'noDistribution' },
        ],
        'choose.works': [
          { guard: 'hasWorks', target: 'works' },
          { target: 'noWorks' },
        ],
        'choose.grants': [
          { guard: 'hasGrant', target: 'grant' },
          { target: 'noGrant' },
        ],
      },
    },
    session: {
      meta: { choices: ['problem'] } satisfies ScreenMeta,
      on: {
        'choose.problem': opensComplaint('service.session'),
        more: {
          guard: 'hasNextSession',
          target: 'session',
          actions: showsNext,
        },
      },
    },
    noSession: {
      meta: { choices: ['problem'] } satisfies ScreenMeta,
      on: { 'choose.problem': opensComplaint('service.session') },
    },
    distribution: {
      meta: { choices: ['problem', 'ration'] } satisfies ScreenMeta,
      on: {
        'choose.problem': opensComplaint('service.flour'),
        'choose.ration': { guard: 'hasRation', ...opensRation() },
        more: {
          guard: 'hasNextDistribution',
          target: 'distribution',
          actions: showsNext,
        },
      },
    },
    noDistribution: {
      meta: { choices: ['problem', 'ration'] } satisfies ScreenMeta,
      on: {
        'choose.problem': opensComplaint('service.flour'),
        'choose.ration': { guard: 'hasRation', ...opensRation() },
      },
    },
    works: {
      meta: { choices: ['problem', 'accident'] } satisfies ScreenMeta,
      on: {
        'choose.problem': opensComplaint('service.works'),
        'choose.accident': opensComplaint('accident.works'),
        more: { guard: 'hasNextWorks', target: 'works', actions: showsNext },
      },
    },
    noWorks: {
      meta: { choices: ['problem', 'accident'] } satisfies ScreenMeta,
      on: {
        'choose.problem': opensComplaint('service.works'),
        'choose.accident': opensComplaint('accident.works'),
      },
    },
    grant: {
      meta: { choices: ['problem'] } satisfies ScreenMeta,
      on: {
        'choose.problem': opensComplaint('service.group'),
        more: { guard: 'hasNextGrant', target: 'grant', actions: showsNext },
      },
    },
    noGrant: {
      meta: { choices: ['problem'] } satisfies ScreenMeta,
      on: { 'choose.problem': opensComplaint('service.group') },
    },
  },
});

function opensRation() {
  return {
    actions: chart.emit({
      type: 'open',
      flow: 'receipt',
      with: { ration: true },
    }),
  };
}

/** What each screen says of the facts it stands for. */
const writers: Record<
  string,
  (household: HouseholdFacts, at: number) => Values
> = {
  session: ({ sessions, zone }, at) =>
    gatheringValues('session', sessions, at, zone),
  distribution: ({ distributions, zone }, at) =>
    gatheringValues('distribution', distributions, at, zone),
  works: ({ works }, at) => worksValues(works[at]),
  grant: ({ grants }, at) => grantValues(grants[at]),
};

function values(state: string, context: ActivitiesContext): Values {
  const { household } = context.dossier;
  if (household === undefined) return {};
  return {
    asOf: bareDayValue(household.asOf),
    ...writers[state]?.(household, context.at),
  };
}

function gatheringValues(
  kind: 'session' | 'distribution',
  gatherings: readonly Gathering[],
  at: number,
  zone: HouseholdFacts['zone'],
): Values {
  const gathering = gatherings[at];
  const day = weekdayValue(gathering?.day);
  const time = gathering?.time;
  const isCancelled = gathering?.state === 'cancelled';
  const isWithheld = zone === 'insecure' && gathering?.day === undefined;
  return {
    title: phraseValue(
      `gatheringTitle.${kind}${isCancelled ? 'Cancelled' : ''}`,
    ),
    news: phraseValue(newsOf(gathering, gatherings, isWithheld)),
    ask: phraseValue(
      isWithheld && !isCancelled ? 'gathering.askRelay' : undefined,
    ),
    ...(time === undefined
      ? { dayAlone: day }
      : { day, time: { kind: 'time', time } }),
    place: nameValue(gathering?.place),
  };
}

/** Whether and to when it was moved; nothing to say when it stands. */
function newsOf(
  gathering: Gathering | undefined,
  all: readonly Gathering[],
  isWithheld: boolean,
): string | undefined {
  switch (gathering?.state) {
    case 'cancelled':
      // Its day is not told: nobody is to stay away from the one that stands.
      return all.some(({ state }) => state === 'planned')
        ? 'gathering.otherStands'
        : 'gathering.callLater';
    case 'postponed':
      // A new day that may not be told is not one that is missing.
      if (isWithheld) return 'gathering.moved';
      return gathering.day === undefined
        ? 'gathering.postponed'
        : 'gathering.postponedTo';
    case 'planned':
    case undefined:
      return undefined;
  }
}

function worksValues(works: WorksFacts | undefined): Values {
  return {
    site: nameValue(works?.site),
    days: countValue(works?.days),
    noDays: phraseValue(
      works !== undefined && works.days === undefined ? 'noDays' : undefined,
    ),
    wage: moneyValue(works?.dailyWageXof),
    from: bareDayValue(works?.windowFrom),
    to: dayValue(works?.windowTo),
  };
}

function grantValues(grant: GrantFacts | undefined): Values {
  return {
    status: phraseValue(grant && `grant.${grant.status}`),
    amount: moneyValue(grant?.amountXof),
    meetingDay: weekdayValue(grant?.meetingDay),
    meetingPlace: nameValue(grant?.meetingPlace),
  };
}

/** The next sessions and distributions, works and grants: never whom for, nor why. */
export const activitiesFlow: Flow = {
  name: 'activities',
  version: 1,
  machine,
  values,
};
