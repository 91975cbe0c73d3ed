import { categories } from '../../src/complaints/categories';
import {
  allowedMoves,
  closedStatuses,
  isOpen,
  mayMove,
} from '../../src/complaints/lifecycle';
import type { ComplaintStatus } from '../../src/complaints/lifecycle';

const statuses = Object.keys(allowedMoves) as ComplaintStatus[];

test('every state but the first can be reached', () => {
  const reached = new Set(Object.values(allowedMoves).flat());
  expect(statuses.filter((status) => !reached.has(status))).toEqual([
    'RECEIVED',
  ]);
});

test('no state is a dead end while it is open', () => {
  for (const status of statuses.filter(isOpen)) {
    expect(allowedMoves[status].length).toBeGreaterThan(0);
  }
});

test('nothing goes back to being received', () => {
  expect(statuses.filter((status) => mayMove(status, 'RECEIVED'))).toEqual([]);
});

test('a complainant who refuses is heard again from any closed state but withdrawal', () => {
  for (const status of closedStatuses) {
    expect(mayMove(status, 'APPEALED') || mayMove(status, 'IN_PROGRESS')).toBe(
      true,
    );
  }
});

test('of what was closed without her nothing but her own withdrawal is beyond appeal', () => {
  expect(closedStatuses.filter((one) => !mayMove(one, 'APPEALED'))).toEqual([
    'WITHDRAWN',
  ]);
});

test('fraud and conduct skip the village, the commune and the cercle', () => {
  for (const name of ['fraud', 'conduct'] as const) {
    expect(categories[name].entryLevel).toBe('N4');
    expect(categories[name].hiddenFrom).toEqual(['N1', 'N2', 'N3']);
  }
});

test('the sealed category is not one of these', () => {
  expect(Object.values(categories).map(({ code }) => code)).not.toContain('C9');
});
