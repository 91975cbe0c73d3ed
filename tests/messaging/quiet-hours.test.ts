import { isDecent, nextDecent } from '../../src/messaging/quiet-hours';

test.each([
  ['2026-03-12T07:29:59Z', '2026-03-12T07:30:00Z'],
  ['2026-03-12T07:30:00Z', '2026-03-12T07:30:00Z'],
  ['2026-03-12T18:59:59Z', '2026-03-12T18:59:59Z'],
  ['2026-03-12T19:00:00Z', '2026-03-13T07:30:00Z'],
  ['2026-03-12T23:59:00Z', '2026-03-13T07:30:00Z'],
  ['2026-03-13T00:00:00Z', '2026-03-13T07:30:00Z'],
  ['2026-12-31T20:00:00Z', '2027-01-01T07:30:00Z'],
])('what nobody asked for at %s goes at %s', (at, goes) => {
  expect(nextDecent(new Date(at))).toEqual(new Date(goes));
  expect(isDecent(new Date(at))).toBe(at === goes);
});
