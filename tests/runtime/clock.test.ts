import { fixedClock, systemClock } from '../../src/runtime/clock';

const DAY_MS = 86_400_000;

test('the day in Mali changes at midnight UTC', () => {
  const clock = fixedClock('2026-03-01T23:59:59.999Z');
  expect(clock.today()).toBe('2026-03-01');
  clock.advance({ minutes: 1 });
  expect(clock.today()).toBe('2026-03-02');
});

test('a fixed clock stands still until it is moved', () => {
  const clock = fixedClock('2026-03-01T10:00:00Z');
  expect(clock.now()).toEqual(clock.now());
  clock.advance({ days: 1, hours: 2, minutes: 3 });
  expect(clock.now()).toEqual(new Date('2026-03-02T12:03:00Z'));
  clock.set('2026-01-01T00:00:00Z');
  expect(clock.today()).toBe('2026-01-01');
});

test('what a reader does with the time does not move the clock', () => {
  const clock = fixedClock('2026-03-01T10:00:00Z');
  clock.now().setUTCFullYear(1999);
  expect(clock.today()).toBe('2026-03-01');
});

test('a demo clock is days ahead, and can be moved while it runs', () => {
  const clock = systemClock(2);
  const behind = Date.now();
  expect(clock.now().getTime() - behind).toBeGreaterThanOrEqual(2 * DAY_MS);
  clock.setOffsetDays(-1);
  expect(clock.offsetDays()).toBe(-1);
  expect(clock.now().getTime()).toBeLessThan(behind);
});

test('a clock that follows another goes on evenly when the machine is set an hour ahead or back', () => {
  const clock = systemClock();
  clock.follow(new Date('2026-03-01T10:00:00Z'), performance.now());
  const real = Date.now();
  const machine = jest.spyOn(Date, 'now');
  for (const hours of [1, -1]) {
    machine.mockReturnValue(real + hours * 3_600_000);
    expect(clock.now().toISOString()).toMatch(/^2026-03-01T10:00/);
  }
  machine.mockRestore();
  clock.setOffsetDays(1);
  expect(clock.today()).toBe('2026-03-02');
});
