import { isInboxView, type InboxView } from '../complaints/inbox-views';
import type { InboxFilter, InboxMark } from '../complaints/inbox';
import { categories } from '../complaints/categories';
import { levelTitles } from '../complaints/levels';
import { statusTitles } from '../complaints/lifecycle';
import type { NamedUnit } from '../staff/units-below';
import { isIsoDay } from '../text/dates';

import { readNumber } from './read-fields';
import type { Fields } from './route';

/** The views as addresses name them. */
export const viewWords: Readonly<
  Record<InboxView, { word: string; text: string }>
> = {
  open: { word: 'ouvertes', text: 'Ouvertes' },
  mine: { word: 'miennes', text: 'À moi' },
  unassigned: { word: 'sans-responsable', text: 'Sans responsable' },
  late: { word: 'en-retard', text: 'En retard' },
  atRisk: { word: 'a-risque', text: 'À risque' },
  calls: { word: 'appels', text: 'Veulent un appel' },
  approvals: { word: 'approbations', text: 'À approuver' },
  closed: { word: 'closes', text: 'Closes' },
};

/** What an address asks of an inbox; what it does not know it leaves out. */
export function readInboxFilter(
  query: Fields,
  units: readonly NamedUnit[],
): InboxFilter {
  const view = Object.entries(viewWords).find(
    ([, { word }]) => word === query['vue'],
  )?.[0];
  return {
    view: view !== undefined && isInboxView(view) ? view : 'open',
    category: Object.values(categories).find(
      ({ code }) => code === query['categorie'],
    )?.code,
    status: oneOf(statusTitles, query['etat']),
    level: oneOf(levelTitles, query['niveau']),
    place: units.find(({ code }) => code === query['lieu']),
    householdId: readNumber(query['menage']),
    alertId: readNumber(query['alerte']),
    waveId: readNumber(query['vague']),
  };
}

/** What an address asks, written again: only what it could mean. */
export function inboxQuery(filter: InboxFilter, after?: InboxMark): string {
  const { view, category, status, level, place } = filter;
  const { householdId, alertId, waveId } = filter;
  const asked = new URLSearchParams({
    ...(view !== 'open' && { vue: viewWords[view].word }),
    ...(category && { categorie: category }),
    ...(status && { etat: status }),
    ...(level && { niveau: level }),
    ...(place && { lieu: place.code }),
    ...(householdId && { menage: String(householdId) }),
    ...(alertId && { alerte: String(alertId) }),
    ...(waveId && { vague: String(waveId) }),
    ...(after && { apres: `${after.day}.${after.reference}` }),
  });
  return asked.toString();
}

/** The address of an inbox. */
export function inboxPath(filter: InboxFilter, after?: InboxMark): string {
  const query = inboxQuery(filter, after);
  return `/console/demandes${query === '' ? '' : `?${query}`}`;
}

/** Where a page begins: `2026-03-12.12345678`. */
export function readInboxMark(word: string | undefined): InboxMark | undefined {
  const [day = '', reference = ''] = word?.split('.') ?? [];
  return isIsoDay(day) && /^\d{8}$/.test(reference)
    ? { day, reference }
    : undefined;
}

function oneOf<Word extends string>(
  words: Readonly<Record<Word, unknown>>,
  asked: string | undefined,
): Word | undefined {
  return asked !== undefined && Object.hasOwn(words, asked)
    ? // Just seen to be one of the table's own words.
      (asked as Word)
    : undefined;
}
