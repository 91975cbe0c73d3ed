import {
  isViewReason,
  type ViewReason,
  viewReasons,
} from '../staff/note-household-view';
import { type Choice, choices } from './inbox-choices';
import type { Fields } from './route';

/** Why somebody opens a household, as a form tells it. */
export type GivenReason =
  | { kind: 'given'; reason: ViewReason; because: string; faults?: undefined }
  | { kind: 'faults'; faults: Readonly<Record<string, string>> };

/** Reads `motif` and `precision`. */
export function readReason(form: Fields): GivenReason {
  const reason = form['motif'] ?? '';
  const because = (form['precision'] ?? '').trim();
  if (isViewReason(reason) && because.length >= 1 && because.length <= 300)
    return { kind: 'given', reason, because };
  return {
    kind: 'faults',
    faults: {
      ...(!isViewReason(reason) && { motif: 'Choisissez un motif.' }),
      ...(because.length === 0 && {
        precision:
          'Dites pourquoi en quelques mots, ou écrivez le numéro de la demande.',
      }),
      ...(because.length > 300 && { precision: '300 lettres au plus.' }),
    },
  };
}

/** The reasons, to choose from. */
export function reasonChoices(chosen: string | undefined): Choice[] {
  return choices(Object.entries(viewReasons), chosen, 'Choisissez un motif');
}
