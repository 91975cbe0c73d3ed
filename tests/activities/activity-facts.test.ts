import {
  dayOf,
  discloseGathering,
  discloseWorks,
} from '../../src/activities/activity-facts';
import type { GatheringRow } from '../../src/activities/queries';
import { discloseTo } from '../../src/register/disclosure';

const own = discloseTo({ level: 'L1', phoneKind: 'own', zone: 'normal' });
const relay = discloseTo({
  level: 'L1',
  phoneKind: 'relay',
  zone: 'insecure',
});

const row: GatheringRow = {
  id: 1,
  status: 'planned',
  date: '2026-03-18',
  newDate: null,
  startTime: '09:00',
  place: 'Marché',
};

test.each([
  ['planned: its day', {}, '2026-03-18'],
  [
    'moved: its new day',
    { status: 'postponed', newDate: '2026-04-02' },
    '2026-04-02',
  ],
  ['moved without a new day: none', { status: 'postponed' }, undefined],
  ['dropped: the day that it had', { status: 'cancelled' }, '2026-03-18'],
] as const)('a gathering that is %s', (_name, change, day) => {
  expect(dayOf({ ...row, ...change })).toBe(day);
});

test('in an insecure zone a gathering has neither day, hour nor place', () => {
  expect(discloseGathering(row, relay)).toEqual({ id: 1, state: 'planned' });
});

test('days of works are told with their daily wage and pay window', () => {
  const works = {
    site: 'Piste',
    days: 12,
    dailyWageXof: 1_500,
    windowStart: '2026-03-20',
    windowEnd: '2026-03-24',
  };
  expect(discloseWorks(works, own)).toEqual({
    site: 'Piste',
    days: 12,
    dailyWageXof: 1_500,
    windowFrom: '2026-03-20',
    windowTo: '2026-03-24',
  });
});
