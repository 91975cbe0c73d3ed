import {
  callerWords,
  isOldCase,
  languageWords,
  slotWords,
} from '../complaints/case-words';
import type { KnownReader } from '../complaints/known-reader';
import {
  forgetAs,
  noteAs,
  readAs,
  type OpenedCase,
  type Reading,
} from '../complaints/sealed';
import { readNote, type NotedWord } from '../complaints/sealed-case';
import { endSitting, sittingReader } from '../complaints/sealed-sitting';
import { countFilled } from '../complaints/sealed-slots';
import { AppError } from '../runtime/errors';
import { spokenPairs } from '../text/check-digit';
import { saying } from './notices';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';
import { askPassphrase, placeOf, takePassphrase } from './sealed-lock.pages';

const access = 'sealed.open';
const home = '/console/confidentiel';

/** The sealed line, at its readers' page. Every title says "Rappels", and no address names a case. */
export const sealedPages: readonly Route[] = [
  forStaff('get', '/confidentiel', access, (visit) =>
    asReader(visit, (reader) => list(visit, reader)),
  ),
  forStaff('get', '/confidentiel/veille', access, watch),
  forStaff('post', '/confidentiel/ouvrir', access, takePassphrase),
  forStaff('post', '/confidentiel/fermer', access, lock),
  forStaff('post', '/confidentiel/noter', access, (visit) =>
    asReader(visit, (reader) => note(visit, reader)),
  ),
  forStaff('post', '/confidentiel/clore', access, (visit) =>
    asReader(visit, (reader) => close(visit, reader)),
  ),
];

/** Does something with the private key in hand, and lets go of it; without a sitting the passphrase is asked for. */
async function asReader(
  visit: StaffedVisit,
  work: (reader: KnownReader) => Promise<Reply>,
): Promise<Reply> {
  const { house, sittingKey } = visit;
  const reader = await sittingReader(
    { db: house.db, clock: house.staff.clock },
    placeOf(visit),
    sittingKey,
  );
  if (reader === undefined) return askPassphrase(visit);
  try {
    return await work(reader);
  } finally {
    reader.pair.privateKey.fill(0);
  }
}

async function lock({ house, staff }: StaffedVisit): Promise<Reply> {
  await endSitting(house, staff.sessionId);
  return { kind: 'goTo', path: home, sittingKey: null };
}

async function list(
  { house }: StaffedVisit,
  reader: KnownReader,
  faults: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const reading = await readAs(house, reader);
  return {
    ...{ kind: 'page', view: 'sealed', title: 'Rappels' },
    status: Object.keys(faults).length > 0 ? 422 : 200,
    values: { ...toldReading(reading, house.clock.today()), faults },
  };
}

function toldReading({ cases, unreadable }: Reading, today: string) {
  return { unreadable, cases: cases.map((one) => toldCase(one, today)) };
}

function toldCase(one: OpenedCase, today: string) {
  const { token, day, locale, msisdn } = one;
  return {
    ...{ token, day, note: readNote(one.note), isOld: isOldCase(one, today) },
    number: spokenPairs(msisdn.replace(/^\+223/, '')),
    language: languageWords(locale),
    ...('words' in one
      ? { words: one.words }
      : {
          ...{ callOn: one.callOn, slot: slotWords[one.slot], code: one.code },
          caller: callerWords(one.prefersWoman),
          isLate: one.callOn < today,
        }),
  };
}

const words: readonly string[] = ['yes', 'no'];

function wordOf(typed: string | undefined): NotedWord {
  // One of the two that were just looked for.
  return words.includes(typed ?? '') ? (typed as NotedWord) : 'unsaid';
}

/** `dossier=…&lie=yes&accord=yes&orientee=no` */
async function note(visit: StaffedVisit, reader: KnownReader): Promise<Reply> {
  const { house, form } = visit;
  const { dossier: token = '', lie, accord, orientee } = form;
  const noted = {
    ...{ linked: wordOf(lie), consent: wordOf(accord) },
    referred: wordOf(orientee),
  };
  // Nobody is referred who has not agreed to it.
  if (noted.referred === 'yes' && noted.consent !== 'yes')
    return list(visit, reader, {
      [`orientee-${token}`]: 'Elle n’est orientée que si elle a dit oui.',
    });
  const isKnown = await noteAs(house, reader, { token, note: noted });
  if (!isKnown) return { kind: 'notFound' };
  return { kind: 'goTo', path: saying(home, 'note') };
}

/** `dossier=…&decide=oui` */
async function close(visit: StaffedVisit, reader: KnownReader): Promise<Reply> {
  const { house, form } = visit;
  const { dossier: token = '', decide } = form;
  if (decide !== 'oui')
    return list(visit, reader, {
      [`decide-${token}`]: 'Cochez: c’est elle qui décide de clore.',
    });
  try {
    await forgetAs(house, reader, [token]);
  } catch (error) {
    if (error instanceof AppError && error.kind === 'notFound')
      return { kind: 'notFound' };
    throw error;
  }
  return { kind: 'goTo', path: saying(home, 'clos') };
}

/** How many slots are filled, in as many letters whatever it is: the page asks again and again, and its size must not tell. */
async function watch({ house }: StaffedVisit): Promise<Reply> {
  const filled = await countFilled(house.db.prisma, house.hashKey);
  const count = String(Math.min(filled, 99)).padStart(2, '0');
  return {
    ...{ kind: 'page', view: 'sealed-watch', title: `${count} rappel` },
    values: { count, askEveryS: 40 },
  };
}
