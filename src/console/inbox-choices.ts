import type { InboxFilter } from '../complaints/inbox';
import { levelTitles } from '../complaints/levels';
import {
  closedStatuses,
  type ComplaintStatus,
  statusTitles,
} from '../complaints/lifecycle';
import type { NamedUnit } from '../staff/units-below';
import { categoryTitles } from './complaint-words';
import { unitWords } from './told-account';

/** One line of a list to choose from. */
export interface Choice {
  value: string;
  text: string;
  selected: boolean;
}

/** The lists by which an inbox is narrowed. */
export function inboxChoices(
  { view, category, status, level, place }: InboxFilter,
  units: readonly NamedUnit[],
) {
  const states = Object.entries(statusTitles).filter(
    ([code]) =>
      // The words' own keys.
      closedStatuses.includes(code as ComplaintStatus) === (view === 'closed'),
  );
  return {
    categories: choices([...categoryTitles], category, 'Toutes les catégories'),
    states: choices(states, status, 'Tous les états'),
    levels: choices(Object.entries(levelTitles), level, 'Tous les niveaux'),
    places: choices(
      units.map((unit) => [unit.code, unitWords(unit)]),
      place?.code,
      'Tout mon territoire',
    ),
  };
}

/** A list to choose from, with a first line that chooses nothing. */
export function choices(
  words: readonly (readonly [string, string])[],
  chosen: string | undefined,
  none: string,
): Choice[] {
  return [['', none] as const, ...words].map(([value, text]) => ({
    ...{ value, text },
    selected: value === (chosen ?? ''),
  }));
}
