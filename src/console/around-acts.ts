import { categories } from '../complaints/categories';
import { flagRetaliation } from '../complaints/flag-retaliation';
import { levels, levelTitles } from '../complaints/levels';
import { isOpen } from '../complaints/lifecycle';
import { linkComplaints, mergeComplaint } from '../complaints/link-complaints';
import { nameSubject } from '../complaints/name-subject';
import {
  type OtherCategory,
  reclassifyComplaint,
} from '../complaints/reclassify-complaint';
import { sealComplaint } from '../complaints/seal-complaint';
import { type CaseAct, choiceField, missing } from './case-act';
import { namedFields, readNamed } from './read-named';

const confirmation = { oui: 'Oui, sceller la demande' } as const;

const others = Object.entries(categories).filter(([name]) => name !== 'thanks');

const reference = (label: string) =>
  ({ kind: 'text', name: 'numero', label, inputmode: 'numeric' }) as const;

/** What may turn out of a request: whom it is about, what it really is, what it belongs to. */
export const aroundActs: readonly CaseAct[] = [
  {
    ...{ word: 'lier', group: 'around', permission: 'complaints.work' },
    ...{ title: 'Lier à une autre demande', button: 'Lier' },
    notice: 'liee',
    isOpenTo: () => true,
    fields: () => [reference('Numéro de l’autre demande')],
    run: (desk, officer, at, form) =>
      linkComplaints(desk, officer, {
        ...{ ...at, otherReference: form['numero'] ?? '' },
      }),
  },
  {
    ...{ word: 'reunir', group: 'around', permission: 'complaints.work' },
    ...{ title: 'C’est un doublon', button: 'Clore comme doublon' },
    notice: 'reunie',
    isOpenTo: ({ status, pendingKind }) =>
      pendingKind === null && isOpen(status),
    fields: () => [reference('Numéro de la demande qui reste')],
    run: (desk, officer, at, form) =>
      mergeComplaint(desk, officer, {
        ...{ ...at, intoReference: form['numero'] ?? '' },
      }),
  },
  {
    ...{ word: 'nommer', group: 'around', permission: 'complaints.work' },
    ...{ title: 'Dire qui est mis en cause', button: 'Enregistrer' },
    hint: 'La demande passe au-dessus de cette personne, qui ne la verra jamais.',
    notice: 'nommee',
    isOpenTo: ({ status }) => isOpen(status),
    fields: ({ typed }) => namedFields(typed),
    run: async (desk, officer, at, form) => {
      const read = await readNamed(desk.db, form);
      return read.kind === 'faults'
        ? read
        : nameSubject(desk, officer, { ...at, named: read.named });
    },
  },
  {
    ...{ word: 'menace', group: 'around', permission: 'complaints.work' },
    ...{ title: 'Signaler des menaces', button: 'Signaler', isGrave: true },
    hint: 'Quelqu’un menace la personne pour avoir parlé. Le niveau nommé ne verra plus la demande.',
    notice: 'menacee',
    isOpenTo: ({ status }) => isOpen(status),
    fields: ({ typed }) => [
      choiceField(
        { name: 'niveau', label: 'De quel niveau', none: 'Choisissez' },
        Object.entries(levelTitles),
        typed,
      ),
    ],
    run: (desk, officer, at, form) => {
      const by = levels.find((level) => level === form['niveau']);
      return by === undefined
        ? Promise.resolve(missing({ niveau: 'Choisissez un niveau.' }))
        : flagRetaliation(desk, officer, { ...at, by });
    },
  },
  {
    ...{ word: 'reclasser', group: 'around', permission: 'complaints.work' },
    ...{ title: 'Changer de catégorie', button: 'Changer' },
    notice: 'reclassee',
    isOpenTo: ({ status, pendingKind }) =>
      pendingKind === null && isOpen(status),
    fields: ({ found, typed }) => [
      choiceField(
        { name: 'categorie', label: 'Catégorie', none: 'Choisissez' },
        others
          .filter(([, { code }]) => code !== found.category)
          .map(([name, { title }]) => [name, title]),
        typed,
      ),
    ],
    run: (desk, officer, at, form) => {
      const [name] = others.find(([one]) => one === form['categorie']) ?? [];
      return name === undefined
        ? Promise.resolve(missing({ categorie: 'Choisissez une catégorie.' }))
        : reclassifyComplaint(desk, officer, {
            // Thanks are not among the names looked through.
            ...{ ...at, category: name as OtherCategory },
          });
    },
  },
  {
    ...{
      word: 'sceller',
      group: 'around',
      permission: 'complaints.reclassify',
    },
    ...{ title: 'Demande confidentielle', button: 'Sceller', isGrave: true },
    hint: 'Violence, abus, harcèlement. Le texte et l’histoire sont détruits ici, pour tous et tout de suite; les deux points focaux seuls les liront. Cela ne se défait pas.',
    notice: 'scellee',
    isOpenTo: () => true,
    fields: ({ typed }) => [
      choiceField(
        { name: 'certain', label: 'En êtes-vous sûr', none: 'Non' },
        Object.entries(confirmation),
        typed,
      ),
      {
        kind: 'area',
        name: 'note',
        label: 'Ce que les points focaux doivent savoir',
        hint: 'Vide si la personne n’a rien voulu dire',
      },
    ],
    run: (desk, officer, at, form) =>
      form['certain'] === 'oui'
        ? sealComplaint(desk, officer, { ...at, words: form['note'] ?? '' })
        : Promise.resolve(
            missing({ certain: 'Choisissez oui: rien n’est encore fait.' }),
          ),
  },
];
