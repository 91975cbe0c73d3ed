import type { BroughtRequest } from '../complaints/file-on-behalf';
import type { Officer } from '../complaints/visibility';
import { isSubject } from '../complaints/subjects';
import { communeCalled } from '../staff/commune-called';
import { householdOfCard } from '../register/household-of-card';
import type { Named } from '../complaints/name-subject';
import { readNamed } from './read-named';
import type { StaffedVisit } from './route';

/** How a request came that was not dialled. */
export const channels = {
  visit: 'Elle est venue',
  call: 'Elle a appelé',
  paper: 'Sur papier',
} as const;

/** How she wants to hear. */
export const answers = {
  dial: 'En appelant le service avec le numéro',
  sms: 'Par SMS',
  call: 'Par appel',
  none: 'Pas de réponse',
} as const;

export const languages = { fr: 'Français', bm: 'Bambara' } as const;

/** A form as it can be filed, or what is wrong with which field. */
export type ReadBrought =
  | { kind: 'read'; brought: BroughtRequest }
  | { kind: 'faults'; faults: Readonly<Record<string, string>> };

type Faults = Record<string, string>;

/** Reads what an officer wrote down for somebody. */
export async function readBrought(
  { house, form }: StaffedVisit,
  officer: Officer,
): Promise<ReadBrought> {
  const faults: Faults = {};
  const channel = choice(channels, form['canal']);
  const respondBy = choice(answers, form['reponse']);
  const subject = form['sujet'] ?? '';
  if (channel === undefined)
    faults['canal'] = 'Dites comment elle est arrivée.';
  if (!isSubject(subject)) faults['sujet'] = 'Choisissez de quoi il s’agit.';
  if (respondBy === undefined) faults['reponse'] = 'Dites comment répondre.';
  const card = (form['carte'] ?? '').replaceAll(/\s/g, '');
  const householdId =
    card === ''
      ? undefined
      : await householdOfCard(house.db, card, officer.communes);
  if (card !== '' && householdId === undefined)
    faults['carte'] =
      'Aucun ménage de votre territoire n’a cette carte. Vérifiez les huit chiffres.';
  const place = await readPlace(house.db, form['commune'], officer, faults);
  const named = await readWhom(house.db, form, faults);
  if (
    channel === undefined ||
    respondBy === undefined ||
    !isSubject(subject) ||
    Object.keys(faults).length > 0
  )
    return { kind: 'faults', faults };
  return {
    kind: 'read',
    brought: {
      ...{ channel, subject, respondBy },
      cardSeen: householdId !== undefined && form['vue'] === '1',
      anonymous: form['sans-nom'] === '1',
      retaliation: form['menace'] === '1',
      locale: choice(languages, form['langue']) ?? 'fr',
      ...(householdId !== undefined && { householdId }),
      ...(place !== undefined && { communeCode: place }),
      ...(named !== undefined && { named }),
      ...written(form['telephone'], 'phone'),
      ...written(form['apportee'], 'broughtBy'),
      ...written(form['pour'], 'onBehalfOf'),
      ...written(form['note'], 'facts'),
    },
  };
}

async function readPlace(
  db: StaffedVisit['house']['db'],
  typed: string | undefined,
  { communes }: Officer,
  faults: Faults,
): Promise<string | undefined> {
  const wanted = (typed ?? '').trim();
  // Whoever works in one commune need not name it.
  if (wanted === '')
    return communes !== 'country' && communes.length === 1
      ? communes[0]
      : undefined;
  const found = await communeCalled(db, wanted, communes);
  const [first, other] = found;
  if (first !== undefined && other === undefined) return first.code;
  faults['commune'] =
    first === undefined
      ? 'Aucune commune de votre territoire ne s’appelle ainsi.'
      : `Plusieurs portent ce nom. Écrivez le code: ${found.map(({ code, cercle }) => `${code} (${cercle})`).join(', ')}.`;
  return undefined;
}

async function readWhom(
  db: StaffedVisit['house']['db'],
  form: StaffedVisit['form'],
  faults: Faults,
): Promise<Named | undefined> {
  if ((form['genre'] ?? '') === '') return undefined;
  const read = await readNamed(db, form);
  if (read.kind === 'read') return read.named;
  Object.assign(faults, read.faults);
  return undefined;
}

function choice<Word extends string>(
  words: Readonly<Record<Word, string>>,
  typed: string | undefined,
): Word | undefined {
  // Object.keys of our own literal answers exactly its keys.
  return (Object.keys(words) as Word[]).find((word) => word === typed);
}

function written<Name extends string>(
  typed: string | undefined,
  name: Name,
): Partial<Record<Name, string>> {
  const words = (typed ?? '').trim();
  // One property of that very name, or none.
  return (words === '' ? {} : { [name]: words }) as Partial<
    Record<Name, string>
  >;
}
