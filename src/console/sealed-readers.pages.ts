import { lineState } from '../complaints/counsellor-line';
import { addReader } from '../complaints/sealed-ceremony';
import { AppError } from '../runtime/errors';
import { saying } from './notices';
import { pacePassphrases } from './sealed-lock.pages';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

const access = 'sealed.open';
const path = '/console/confidentiel/personnes';

/** Who reads the sealed line, and letting in one more person: two readers agree with their passphrases. */
export const sealedReadersPages: readonly Route[] = [
  forStaff('get', '/confidentiel/personnes', access, (visit) => show(visit)),
  forStaff('post', '/confidentiel/personnes', access, add),
];

async function show(
  { house, form: typed }: StaffedVisit,
  faults: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const { readers, isOpen, opensUntil } = await lineState(
    house.db,
    house.clock,
  );
  const choices = (chosen: string | undefined) => [
    { value: '', text: 'Choisissez' },
    ...readers.map(({ name }) => ({
      ...{ value: name, text: name, selected: name === chosen },
    })),
  ];
  return {
    ...{ kind: 'page', view: 'sealed-readers', title: 'Rappels: personnes' },
    status: Object.keys(faults).length > 0 ? 422 : 200,
    values: {
      ...{ faults, readers, isOpen, opensUntil, name: typed['nom'] ?? '' },
      first: choices(typed['premiere']),
      second: choices(typed['seconde']),
    },
  };
}

/** `premiere=Aïssata&phrase-1=…&seconde=Rokia&phrase-2=…&nom=Fanta&phrase=…&encore=…` */
async function add(visit: StaffedVisit): Promise<Reply> {
  const { house, staff, form } = visit;
  const { premiere = '', seconde = '', nom: name = '' } = form;
  const said = (field: string): string => (form[field] ?? '').slice(0, 400);
  const faults = {
    ...(premiere === '' && { premiere: 'Choisissez la première personne.' }),
    ...(seconde !== '' &&
      seconde === premiere && { seconde: 'Il faut deux personnes.' }),
    ...(seconde === '' && { seconde: 'Choisissez la seconde personne.' }),
    ...(name.trim() === '' && {
      nom: 'Écrivez le nom de la nouvelle personne.',
    }),
    ...(said('phrase') !== said('encore') && {
      encore: 'Les deux phrases de passe diffèrent.',
    }),
  };
  if (Object.keys(faults).length > 0) return show(visit, faults);
  const pace = await pacePassphrases(visit);
  if (pace.wait !== undefined) return show(visit, { premiere: pace.wait });
  try {
    await addReader(
      { ...house, by: `officer:${staff.member.id}` },
      { name: name.trim().slice(0, 80), passphrase: said('phrase') },
      [
        { name: premiere, passphrase: said('phrase-1') },
        { name: seconde, passphrase: said('phrase-2') },
      ],
    );
    await pace.forgive();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return show(visit, { [faultField(error)]: error.message });
  }
  return { kind: 'goTo', path: saying(path, 'lectrice') };
}

/** At which field a refusal of the ceremony is shown. */
function faultField({ kind }: AppError): string {
  if (kind === 'invalid') return 'phrase';
  return kind === 'conflict' ? 'nom' : 'premiere';
}
