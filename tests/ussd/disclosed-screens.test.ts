import { flowNames } from '../../flows/contract';
import { flows } from '../../flows/index';
import type { Dossier, Flow } from '../../flows/contract';
import { packageRoot } from '../../src/runtime/package-root';
import { disclosureRules, mayShow } from '../../src/register/disclosure';
import type { Audience, Fact } from '../../src/register/disclosure';
import { openTexts } from '../../src/text/texts';
import type { Position } from '../../src/ussd/conversation';
import {
  householdDossier,
  withActivities,
} from '../../src/ussd/household-dossier';
import type {
  ActivitiesRow,
  HouseholdRow,
} from '../../src/ussd/household-dossier';
import { writeScreen } from '../../src/ussd/screen';
import { metaOf, openChart } from '../../src/ussd/turn';
import { handovers } from '../flows/dossiers';
import { eventsAt, follow } from '../flows/explore';
import type { Visit } from '../flows/explore';
import { classedValues } from './fact-classes';

const texts = openTexts({ root: packageRoot });
const today = '2026-03-12';

/** Every fact with a value that nothing else on any screen holds. */
const canaries: Readonly<Partial<Record<Fact, readonly string[]>>> = {
  window: ['11/03', '13/03', '21/05', '22/05', '24/06', '25/06'],
  place: ['Lieucanari', 'Sitecanari'],
  amount: ['77 123', '88 234', '66 012', '19 869', '99 345'],
  history: ['41 sur 43', '41/43'],
  gatheringDay: ['17/04', '18/04', '27/04'],
  gatheringPlace: ['Salcanari', 'Distcanari', 'Groupecanari', '07:41'],
  freshness: ['04/01'],
  provider: ['Agencecanari'],
  months: ['(37 mois)'],
  duration: ['262 mois'],
  works: ['53'],
};

const wave = {
  ruleCode: 'TM',
  waveStatus: 'announced',
  feePaidBy: 'household' as const,
  provider: 'Agencecanari',
  newWindowStart: null,
  newWindowEnd: null,
  payPoint: 'Lieucanari',
  monthsCovered: 37,
  instalment: 41,
  instalments: 43,
  result: null,
  paidOn: null,
  receipt: null,
};

function aRow(zone: Audience['zone']): HouseholdRow & ActivitiesRow {
  return {
    status: 'active',
    hasAlternate: true,
    payments: [
      {
        ...wave,
        paymentId: 1,
        modality: 'cash',
        zoneProfile: zone,
        windowStart: '2026-03-11',
        windowEnd: '2026-03-13',
        amountXof: 77_123,
      },
      {
        ...wave,
        paymentId: 2,
        modality: 'wallet',
        zoneProfile: zone,
        windowStart: '2026-05-21',
        windowEnd: '2026-05-22',
        amountXof: 88_234,
      },
      {
        ...wave,
        paymentId: 3,
        modality: 'cash',
        zoneProfile: zone,
        windowStart: '2026-01-05',
        windowEnd: '2026-01-08',
        amountXof: 66_012,
        result: 'paid',
        paidOn: '2026-01-06',
      },
    ],
    enrolments: [{ endsOn: '2047-12-31' }],
    sessions: [
      {
        id: 1,
        status: 'planned',
        date: '2026-04-17',
        newDate: null,
        startTime: '07:41',
        place: 'Salcanari',
      },
    ],
    distributions: [
      {
        id: 2,
        status: 'planned',
        date: '2026-04-18',
        newDate: null,
        startTime: '07:41',
        place: 'Distcanari',
      },
    ],
    ration: {
      id: 3,
      status: 'planned',
      date: '2026-03-02',
      newDate: null,
      startTime: null,
      place: 'Distcanari',
    },
    works: [
      {
        site: 'Sitecanari',
        days: 53,
        dailyWageXof: 19_869,
        windowStart: '2026-06-24',
        windowEnd: '2026-06-25',
      },
    ],
    grants: [
      {
        status: 'selected',
        amountXof: 99_345,
        meetingDate: '2026-04-27',
        meetingPlace: 'Groupecanari',
      },
    ],
    takenInAt: '2026-01-04T06:00:00Z',
  };
}

const audiences: Audience[] = (['normal', 'insecure'] as const).flatMap(
  (zone): Audience[] => [
    { level: 'L1b', phoneKind: 'unlinked', zone },
    { level: 'L1', phoneKind: 'own', zone },
    { level: 'L1', phoneKind: 'family', zone },
    { level: 'L1', phoneKind: 'neighbour', zone },
    { level: 'L1', phoneKind: 'relay', zone },
  ],
);

function dossierFor({ level, phoneKind, zone }: Audience): Dossier {
  const row = aRow(zone);
  const proof = { level: level === 'L1' ? 'L1' : 'L1b', phoneKind } as const;
  const paid = householdDossier(row, proof, today, 3);
  return {
    level,
    phoneKind,
    localeKnown: true,
    smsOn: false,
    contacts: ['80 00 00 00'],
    household: withActivities(paid, row, proof),
  };
}

function write(flow: Flow, position: Position, dossier: Dossier): string {
  return ['fr', 'bm']
    .map(
      (locale) =>
        writeScreen(
          flow,
          position,
          dossier,
          { texts, locale, today },
          { septets: 10_000, alphabet: 'gsm7' },
        ).text,
    )
    .join('\n');
}

/** Everything that a caller with this dossier can come to see. */
function screensFor(dossier: Dossier): string[] {
  const shown = new Set<string>();
  for (const name of flowNames) {
    const flow = flows[name];
    const openings = [undefined, ...handovers[name]];
    const visits: Visit[] = openings.map((handover) => ({
      flow,
      who: 'canary',
      dossier,
      ...openChart(flow, handover ? { dossier, with: handover } : { dossier }),
    }));
    const known = new Set<string>();
    for (const visit of visits) {
      const meta = metaOf(flow, visit.position.state);
      if (meta?.waits !== true) {
        shown.add(write(flow, visit.position, dossier));
      }
      for (const event of eventsAt(visit)) {
        // Another household's dossier would be another caller.
        const next =
          event.type === 'told.proved' ? undefined : follow(visit, event);
        const key = JSON.stringify(next?.position);
        if (next !== undefined && !known.has(key)) {
          known.add(key);
          visits.push(next);
        }
      }
    }
  }
  return [...shown];
}

function seen(screens: readonly string[], fact: Fact): string[] {
  return (canaries[fact] ?? []).filter((canary) =>
    screens.some((screen) => screen.includes(canary)),
  );
}

const named = audiences.map((audience): [string, Audience] => [
  `${audience.level}, ${audience.phoneKind} phone, ${audience.zone} zone`,
  audience,
]);

test.each(named)('no screen shows too much: %s', (_name, audience) => {
  const dossier = dossierFor(audience);
  const screens = screensFor(dossier);
  for (const fact of Object.keys(disclosureRules) as Fact[]) {
    if (!mayShow(fact, audience)) {
      expect({ fact, seen: seen(screens, fact) }).toEqual({ fact, seen: [] });
    }
  }
});

test.each(named)('no flow is given too much: %s', (_name, audience) => {
  const { household } = dossierFor(audience);
  if (household === undefined) throw new Error('no household');
  const early = classedValues(household).filter(
    ({ fact }) => !mayShow(fact, audience),
  );
  expect(early).toEqual([]);
});

test('before proof no screen of any flow holds a value of a household', () => {
  const { household: _, ...unproved } = dossierFor({
    ...{ level: 'L1', phoneKind: 'own', zone: 'normal' },
  });
  const screens = screensFor({ ...unproved, level: 'L0' });
  expect(screens.length).toBeGreaterThan(20);
  for (const fact of Object.keys(canaries) as Fact[]) {
    expect({ fact, seen: seen(screens, fact) }).toEqual({ fact, seen: [] });
  }
});

test('the canaries sing where they may: an own phone in a normal zone shows every class', () => {
  const dossier = dossierFor({
    level: 'L1',
    phoneKind: 'own',
    zone: 'normal',
  });
  const screens = screensFor(dossier);
  for (const fact of Object.keys(canaries) as Fact[]) {
    expect({ fact, seen: seen(screens, fact).length > 0 }).toEqual({
      fact,
      seen: true,
    });
  }
});
