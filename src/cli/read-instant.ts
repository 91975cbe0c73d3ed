import { InvalidArgumentError } from 'commander';
import { isIsoDay } from '../text/dates';

const INSTANT =
  /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** An instant as staff write it: a day, or with its hour and zone. */
export function readInstant(text: string): Date {
  const instant = new Date(text);
  // JavaScript reads 31 February as a day of March.
  const isDay = isIsoDay(text.slice(0, 10));
  if (!INSTANT.test(text) || !isDay || Number.isNaN(instant.getTime())) {
    throw new InvalidArgumentError(
      'Écrivez un jour (2026-03-12) ou un instant avec son fuseau (2026-03-12T08:00:00Z).',
    );
  }
  return instant;
}
