import { categories } from '../complaints/categories';
import { fileOnBehalf } from '../complaints/file-on-behalf';
import { seenMark } from '../complaints/new-arrivals';
import { officerOf } from '../complaints/officer';
import { broughtEvent, nextForm } from '../complaints/once-brought';
import { sealBrought } from '../complaints/seal-complaint';
import { subjects } from '../complaints/subjects';
import { spokenPairs } from '../text/check-digit';
import { longDay } from '../text/dates';
import { parseMsisdn } from '../text/msisdn';
import { refusalFaults } from './act-refusals';
import { choices } from './inbox-choices';
import { notSealed } from './not-sealed';
import { saying } from './notices';
import { answers, channels, languages, readBrought } from './read-brought';
import { namedFields } from './read-named';
import { seenMarkWord } from './seen-mark';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

const access = 'complaints.file';

/** Chosen where it turns out to be for the sealed line: nothing is filed then. */
const SEALED = 'confidentielle';

/** A request written down for somebody who came, called or wrote. */
export const fileForPages: readonly Route[] = [
  forStaff('get', '/demandes/nouvelle', access, (visit) => form(visit)),
  forStaff('post', '/demandes/nouvelle', access, file),
];

/** `canal=visit&sujet=card.lost&commune=Kita Ouest&reponse=dial&note=…` */
async function file(visit: StaffedVisit): Promise<Reply> {
  const { house, staff } = visit;
  const officer = await officerOf(house.db, staff.member);
  if (visit.form['sujet'] === SEALED) {
    const sealed = await sealBrought(house, officer, {
      words: visit.form['note'] ?? '',
      msisdn: parseMsisdn(visit.form['telephone'] ?? ''),
      locale: visit.form['langue'] === 'bm' ? 'bm' : 'fr',
    });
    if (sealed.kind === 'noKey') return notSealed(house);
    if (sealed.kind !== 'sealed')
      return form(visit, refusalFaults(sealed.kind, ['note'], 'sujet'));
    return { kind: 'goTo', path: saying('/console/demandes', 'scellee') };
  }
  const read = await readBrought(visit, officer);
  if (read.kind === 'faults') return form(visit, read.faults);
  const { brought } = read;
  const eventId = broughtEvent(
    ...([house.hashKey, officer.id, visit.form['formulaire'] ?? ''] as const),
    brought,
  );
  const filed = await fileOnBehalf(house, officer, { ...brought, eventId });
  if (filed.kind === 'unusable') return form(visit, unusable[filed.field]);
  if (filed.kind !== 'filed')
    return form(visit, refusalFaults(filed.kind, ['note'], 'sujet'));
  return {
    ...{ kind: 'page', view: 'filed', title: 'Demande enregistrée' },
    values: {
      pairs: spokenPairs(filed.reference),
      reference: filed.reference,
      dueOn: filed.dueOn && longDay(filed.dueOn),
      isNameless: brought.anonymous,
    },
  };
}

const unusable = {
  phone: { telephone: 'Écrivez un numéro de huit chiffres, pour répondre.' },
  place: { commune: 'Écrivez une commune de votre territoire.' },
  named: { nom: 'Cette personne ne peut pas être nommée ainsi.' },
} as const;

async function form(
  { house, staff, form: typed }: StaffedVisit,
  faults: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const officer = await officerOf(house.db, staff.member);
  const mark = await seenMark(house.db, officer, house.clock.today());
  const list = (
    words: Readonly<Record<string, string>>,
    name: string,
    none: string,
  ) => choices(Object.entries(words), typed[name], none);
  return {
    ...{ kind: 'page', view: 'file-for', title: 'Enregistrer une demande' },
    status: Object.keys(faults).length > 0 ? 422 : 200,
    values: {
      ...{ faults, typed, seen: seenMarkWord(mark) },
      // Pressed twice or loaded again, one form files once.
      formName: typed['formulaire'] ?? (await nextForm(house.db, officer.id)),
      channels: list(channels, 'canal', 'Choisissez'),
      answers: list(answers, 'reponse', 'Choisissez'),
      languages: choices(
        Object.entries(languages),
        ...([typed['langue'] ?? 'fr', 'Choisissez'] as const),
      ).slice(1),
      subjects: choices(
        [
          ...subjectLines(),
          [SEALED, 'Violence, abus, harcèlement: confidentiel'],
        ],
        ...([typed['sujet'], 'Choisissez'] as const),
      ),
      named: {
        word: 'mise',
        fields: namedFields(typed).map((field) => ({
          ...field,
          value: typed[field.name],
          fault: faults[field.name],
        })),
      },
    },
  };
}

/** Every subject behind its category, so that they stand together. */
function subjectLines(): [string, string][] {
  return Object.entries(subjects).map(([code, { category, title }]) => [
    code,
    `${categories[category].title}: ${title}`,
  ]);
}
