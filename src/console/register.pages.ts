import { FILE_FORMATS } from '../exchange/formats';
import { sourceStates } from '../exchange/source-states';
import {
  readPieces,
  takeUpload,
  type Upload,
  uploadOf,
} from '../exchange/uploads';
import { holds } from '../staff/permissions';
import { readNumber } from './read-fields';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

/** The sources of the register, how old they are, and bringing a file in. */
export const registerPages: readonly Route[] = [
  forStaff('get', '/registre', 'register.state', (visit) => show(visit)),
  {
    ...forStaff('post', '/registre/importer', 'register.import', take),
    takesFile: true,
  },
  forStaff('get', '/registre/fichiers/:id', 'register.import', follow),
  forStaff(
    'get',
    '/registre/fichiers/:id/rejets.csv',
    'register.import',
    rejected,
  ),
];

const kindWords: Readonly<Record<string, string>> = {
  'benefit-rules': 'Règles de prestation',
  households: 'Ménages',
  enrolments: 'Enrôlements',
  waves: 'Vagues de paiement',
  payments: 'Paiements',
  'payment-results': 'Résultats des agences',
  sessions: 'Séances',
  distributions: 'Distributions',
  nutrition: 'Éligibilité à la nutrition',
  works: 'Travaux publics',
  grants: 'Appuis AGR',
};

const dayMs = 86_400_000;

/** A source older than this is pointed out, in days: the register sends its changes every night. */
const oldDays = 7;

async function show(
  { house, staff }: StaffedVisit,
  faults: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const states = new Map(
    (await sourceStates(house.db)).map((state) => [state.kind, state]),
  );
  const now = house.staff.clock.now().getTime();
  return {
    ...{ kind: 'page', view: 'register', title: 'Registre' },
    status: Object.keys(faults).length > 0 ? 422 : 200,
    values: {
      faults,
      mayImport: holds(staff.member, 'register.import'),
      sources: FILE_FORMATS.map(({ kind }) => {
        const state = states.get(kind);
        const days =
          state && Math.floor((now - state.finishedAt.getTime()) / dayMs);
        return {
          ...{ title: kindWords[kind] ?? kind, state },
          age: days === undefined ? undefined : ageWords(days),
          isOld: days !== undefined && days > oldDays,
        };
      }),
    },
  };
}

function ageWords(days: number): string {
  if (days <= 0) return 'aujourd’hui';
  return days === 1 ? 'hier' : `il y a ${days} jours`;
}

/** `_csrf=…`, then the file `fichier`. */
async function take(visit: StaffedVisit): Promise<Reply> {
  const { house, staff, file } = visit;
  if (file === undefined || file.name === '')
    return show(visit, { fichier: 'Choisissez un fichier CSV.' });
  const id = await takeUpload(
    { db: house.db, clock: house.staff.clock },
    { accountId: staff.member.id, fileName: file.name },
    file.body as AsyncIterable<Buffer>,
  );
  if (id === undefined)
    return show(visit, {
      fichier: 'Ce fichier est trop grand: 512 Mo au plus. Coupez-le en deux.',
    });
  return { kind: 'goTo', path: `/console/registre/fichiers/${id}` };
}

/** Her own upload: a colleague's is hers to follow. */
async function ownUpload({
  house,
  staff,
  params,
}: StaffedVisit): Promise<Upload | undefined> {
  const id = readNumber(params['id']);
  const upload = id === undefined ? undefined : await uploadOf(house.db, id);
  return upload?.accountId === staff.member.id ? upload : undefined;
}

const stateWords = {
  coming: { text: 'Envoi en cours', colour: 'blue' },
  waiting: { text: 'Attend son tour', colour: 'blue' },
  running: { text: 'Importation en cours', colour: 'blue' },
  done: { text: 'Importé', colour: 'green' },
  refused: { text: 'Refusé', colour: 'red' },
  failed: { text: 'Interrompu', colour: 'red' },
} as const;

async function follow(visit: StaffedVisit): Promise<Reply> {
  const upload = await ownUpload(visit);
  if (upload === undefined) return { kind: 'notFound' };
  const { state, summary } = upload;
  const isGoingOn = state === 'waiting' || state === 'running';
  return {
    ...{ kind: 'page', view: 'upload', title: 'Importation' },
    values: {
      ...{ upload, state: stateWords[state] },
      percent:
        upload.bytes > 0
          ? Math.floor((100 * upload.readBytes) / upload.bytes)
          : 0,
      kindTitle: summary && (kindWords[summary.kind] ?? summary.kind),
      ...(isGoingOn && { askEveryS: 3 }),
    },
  };
}

async function rejected(visit: StaffedVisit): Promise<Reply> {
  const upload = await ownUpload(visit);
  if (upload?.hasRejected !== true) return { kind: 'notFound' };
  return {
    ...{ kind: 'file', name: `rejets-${upload.id}.csv` },
    type: 'text/csv; charset=utf-8',
    body: readPieces(visit.house.db, { id: upload.id, side: 'rejected' }),
  };
}
