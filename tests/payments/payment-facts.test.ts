import { discloseTo } from '../../src/register/disclosure';
import { disclosePayments, monthsLeft } from '../../src/payments/payment-facts';
import type { PaymentRow } from '../../src/payments/queries';
import { standingOf } from '../../src/payments/window';

const today = '2026-03-12';
const disclose = discloseTo({ level: 'L1', phoneKind: 'own', zone: 'normal' });

function aRow(change: Partial<PaymentRow> = {}): PaymentRow {
  return {
    paymentId: 1,
    ruleCode: 'TM',
    waveStatus: 'announced',
    modality: 'cash',
    feePaidBy: null,
    provider: 'Agence',
    windowStart: '2026-03-10',
    windowEnd: '2026-03-14',
    newWindowStart: null,
    newWindowEnd: null,
    zoneProfile: 'normal',
    payPoint: 'Mairie',
    amountXof: 30_000,
    monthsCovered: 2,
    instalment: 3,
    instalments: 18,
    result: null,
    paidOn: null,
    receipt: null,
    ...change,
  };
}

describe('where today stands to a payment', () => {
  test.each([
    ['before its window it is coming', { windowStart: '2026-03-13' }, 'coming'],
    ['on its first day it is open', { windowStart: today }, 'open'],
    ['on its last day it is open', { windowEnd: today }, 'open'],
    ['after its window it is past', { windowEnd: '2026-03-11' }, 'past'],
    [
      'a closed wave is past, whatever its dates',
      { waveStatus: 'closed' },
      'past',
    ],
    ['a cancelled wave is cancelled', { waveStatus: 'cancelled' }, 'cancelled'],
    [
      'a postponed wave without a new date is postponed',
      { waveStatus: 'postponed' },
      'postponed',
    ],
    [
      'a postponed wave waits for its new window',
      {
        waveStatus: 'postponed',
        newWindowStart: '2026-04-01',
        newWindowEnd: '2026-04-05',
      },
      'postponed',
    ],
    [
      'a postponed wave opens on its new window',
      {
        waveStatus: 'postponed',
        newWindowStart: '2026-03-11',
        newWindowEnd: '2026-03-15',
      },
      'open',
    ],
    [
      'a wave that was put off and is announced anew waits for its new window',
      {
        waveStatus: 'announced',
        newWindowStart: '2026-04-01',
        newWindowEnd: '2026-04-05',
      },
      'coming',
    ],
    [
      'one that has been opened on it is open, though its first days are over',
      {
        ...{ waveStatus: 'open', windowStart: '2026-02-01' },
        ...{ windowEnd: '2026-02-05', newWindowStart: '2026-03-11' },
        newWindowEnd: '2026-03-15',
      },
      'open',
    ],
    [
      'half a new window is none',
      { waveStatus: 'open', newWindowStart: '2026-04-01' },
      'open',
    ],
    ['what the provider has paid is past', { result: 'paid' as const }, 'past'],
    [
      'so is a postponed one that was paid',
      {
        waveStatus: 'postponed',
        newWindowStart: '2026-03-11',
        newWindowEnd: '2026-03-15',
        result: 'paid' as const,
      },
      'past',
    ],
    [
      'what the provider could not pay is still open',
      { result: 'absent' as const },
      'open',
    ],
  ])('%s', (_name, change, state) => {
    expect(standingOf(aRow(change), today).state).toBe(state);
  });
});

test('the nearest window stands first: open, then coming, then dateless, then cancelled', () => {
  const rows = [
    aRow({ paymentId: 1, waveStatus: 'cancelled' }),
    aRow({ paymentId: 2, windowStart: '2026-05-01', windowEnd: '2026-05-05' }),
    aRow({ paymentId: 3, waveStatus: 'postponed' }),
    aRow({ paymentId: 4, windowStart: '2026-04-01', windowEnd: '2026-04-05' }),
    aRow({ paymentId: 5 }),
  ];
  const { payments } = disclosePayments(rows, today, disclose, true);
  expect(payments.map(({ paymentId }) => paymentId)).toEqual([5, 4, 2, 3, 1]);
});

test('a cancelled payment of long ago is not spoken of', () => {
  const old = aRow({ waveStatus: 'cancelled', windowEnd: '2026-01-01' });
  expect(disclosePayments([old], today, disclose, true).payments).toEqual([]);
});

test('the last three are told, newest first, and none without history', () => {
  const rows = ['2026-03-01', '2026-01-01', '2025-11-01', '2025-09-01'].map(
    (day, at) => aRow({ paymentId: at, windowStart: day, windowEnd: day }),
  );
  expect(
    disclosePayments(rows, today, disclose, true).past.map((p) => p.paymentId),
  ).toEqual([0, 1, 2]);
  expect(disclosePayments(rows, today, disclose, false).past).toEqual([]);
});

test('how much was paid is told of a part only, and where the amount is', () => {
  const past = { windowStart: '2026-03-01', windowEnd: '2026-03-05' };
  const paidXofOf = (change: Partial<PaymentRow>, to = disclose) =>
    disclosePayments([aRow({ ...past, ...change })], today, to, true).past[0]
      ?.paidXof;
  expect(paidXofOf({ result: 'partial', paidXof: 20_000 })).toBe(20_000);
  expect(paidXofOf({ result: 'partial', paidXof: null })).toBeUndefined();
  expect(paidXofOf({ result: 'paid', paidXof: 30_000 })).toBeUndefined();
  const relay = discloseTo({
    level: 'L1',
    phoneKind: 'relay',
    zone: 'insecure',
  });
  expect(
    paidXofOf({ result: 'partial', paidXof: 20_000 }, relay),
  ).toBeUndefined();
});

test('what nobody has answered is asked first; a coming window is not asked at all', () => {
  const rows = [
    aRow({ paymentId: 1, windowStart: '2026-04-01', windowEnd: '2026-04-02' }),
    aRow({ paymentId: 2, receipt: 'RECEIVED' }),
    aRow({ paymentId: 3, windowStart: '2026-01-01', windowEnd: '2026-01-05' }),
    aRow({ paymentId: 4, windowStart: '2025-01-01', windowEnd: '2025-01-05' }),
  ];
  const { answerable } = disclosePayments(rows, today, disclose, true);
  expect(answerable.map(({ paymentId }) => paymentId)).toEqual([3, 2]);
});

test('a wallet or a bank has no place to go to', () => {
  const [payment] = disclosePayments(
    [aRow({ modality: 'wallet' })],
    today,
    disclose,
    true,
  ).payments;
  expect(payment?.place).toBeUndefined();
});

test('months left are counted to the last benefit, this month included', () => {
  expect(monthsLeft(['2026-03-31'], today)).toBe(1);
  expect(monthsLeft(['2026-03-31', '2027-02-28'], today)).toBe(12);
  expect(monthsLeft(['2026-02-28'], today)).toBeUndefined();
  expect(monthsLeft([null, '2027-02-28'], today)).toBeUndefined();
  expect(monthsLeft([], today)).toBeUndefined();
});
