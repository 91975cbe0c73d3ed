import type { CampaignState } from '../campaigns/lifecycle';
import { stateTitles } from '../campaigns/lifecycle';
import type { TextVariant } from '../campaigns/campaign-texts';
import { haltCauses } from '../campaigns/watch-campaigns';
import type { OperatorLane } from '../messaging/operator-lane';

/** What staff read of a network. */
export const operatorTitles: Readonly<Record<OperatorLane, string>> = {
  orange: 'Orange',
  malitel: 'Malitel',
  telecel: 'Telecel',
  other: 'Autres numéros',
};

const stateColours: Readonly<Record<CampaignState, string>> = {
  draft: 'grey',
  submitted: 'yellow',
  rejected: 'orange',
  approved: 'turquoise',
  scheduled: 'turquoise',
  sending: 'blue',
  paused: 'yellow',
  halted: 'red',
  done: 'green',
  cancelled: 'grey',
};

/** A state as a tag shows it. */
export function stateTag(state: CampaignState): {
  text: string;
  colour: string;
} {
  return { text: capital(stateTitles[state]), colour: stateColours[state] };
}

/** A sentence begins with a capital. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a campaign is. */
export const kindTitles: Readonly<Record<string, string>> = {
  announcement: 'Annonce',
  wave: 'Vague',
  distribution: 'Distribution',
  session: 'Séance',
  correction: 'Correction',
  retry: 'Reprise des échecs',
};

/** Whose phone a text is for. */
export const variantTitles: Readonly<Record<TextVariant, string>> = {
  own: 'Téléphone du ménage',
  shared: 'Téléphone partagé, ou zone peu sûre',
};

/** What happened to a campaign, as its history tells it. */
export const eventTitles: Readonly<Record<string, string>> = {
  drafted: 'Brouillon écrit',
  changed: 'Changée',
  submitted: 'Soumise, public figé',
  approved: 'Approuvée',
  rejected: 'Refusée',
  scheduled: 'Programmée',
  started: 'Lancée',
  paused: 'Suspendue',
  resumed: 'Reprise',
  halted: 'Arrêtée par une alarme',
  done: 'Terminée',
  cancelled: 'Annulée',
  tested: 'Essayée sur des numéros du personnel',
};

/** Why a campaign was halted, for people. */
export function haltWords(cause: string | null): string {
  return cause !== null && Object.hasOwn(haltCauses, cause)
    ? // Just seen to be one of the table's own words.
      haltCauses[cause as keyof typeof haltCauses]
    : (cause ?? 'une cause inconnue');
}

/** A span of time as people say it. */
export function spanWords(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}
