import {
  beginSitting,
  readerOfAccount,
  readersWithoutAccount,
  type SittingPlace,
} from '../complaints/sealed-sitting';
import { AppError } from '../runtime/errors';
import { inTransaction } from '../runtime/database';
import { forgiveTries, paceSignIn } from '../staff/sign-in-pace';
import { waitWords } from './next-page';
import type { Reply, StaffedVisit } from './route';

const home = '/console/confidentiel';

/** The session in which somebody reads, and whose it is. */
export function placeOf({ staff }: StaffedVisit): SittingPlace {
  return { sessionId: staff.sessionId, accountId: staff.member.id };
}

/** Asks for the passphrase, the first time with the reader's name; where there is no key yet, says how one is made. */
export async function askPassphrase(
  { house, staff }: StaffedVisit,
  faults: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const reader = await readerOfAccount(house.db, staff.member.id);
  const others = reader === null ? await readersWithoutAccount(house.db) : [];
  return {
    ...{ kind: 'page', view: 'sealed-locked', title: 'Rappels' },
    status: Object.keys(faults).length > 0 ? 422 : 200,
    values: {
      ...{ faults, reader },
      hasKey: (await house.db.prisma.sealedKey.count()) > 0,
      names: others.map(({ name }) => ({ value: name, text: name })),
    },
  };
}

/**
 * Counts a try at a passphrase before it is judged; they have a pace of their own beside those of passwords and codes.
 * @returns what to say to whoever must wait; `forgive` is called when it was right
 */
export async function pacePassphrases({
  house,
  staff,
  address,
}: StaffedVisit): Promise<{ wait?: string; forgive: () => Promise<void> }> {
  const attempt = {
    ...({ kind: 'code', address } as const),
    login: `passphrase ${staff.member.login}`,
  };
  const pace = await paceSignIn(house.staff, attempt);
  const forgive = (): Promise<void> =>
    inTransaction(house.db, (tx) => forgiveTries(tx, house.staff, attempt));
  if (pace.kind === 'go') return { forgive };
  const wait = `Trop d’essais. Réessayez dans ${waitWords(pace.seconds)}.`;
  return { wait, forgive };
}

/** `nom=Aïssata&phrase=…`; the name only while the account is no reader's. */
export async function takePassphrase(visit: StaffedVisit): Promise<Reply> {
  const { house, staff, form } = visit;
  const { nom = '', phrase = '' } = form;
  const known = await readerOfAccount(house.db, staff.member.id);
  const name = known?.name ?? nom;
  if (name === '')
    return askPassphrase(visit, { nom: 'Choisissez votre nom.' });
  if (phrase === '')
    return askPassphrase(visit, { phrase: 'Écrivez votre phrase de passe.' });
  const pace = await pacePassphrases(visit);
  if (pace.wait !== undefined)
    return askPassphrase(visit, { phrase: pace.wait });
  try {
    const deps = { db: house.db, clock: house.staff.clock };
    const claim = { name, passphrase: phrase.slice(0, 400) };
    const sittingKey = await beginSitting(deps, placeOf(visit), claim);
    await pace.forgive();
    return { kind: 'goTo', path: home, sittingKey };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return askPassphrase(visit, {
      phrase:
        error.kind === 'conflict'
          ? error.message
          : 'Ce n’est pas la phrase de passe de cette personne.',
    });
  }
}
