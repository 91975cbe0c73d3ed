import type { Database } from '../runtime/database';
import { foldName } from '../text/fold-name';
import type { Territory } from './permissions';
import { isRole, type Reach, type Role, roleOf } from './roles';
import { normalLogin } from './sign-in';
import { readTerritory } from './territory';

/** Where somebody acts, as a form or a command tells it. */
export interface PostDraft {
  role: string;
  /** Name or code of a region, cercle or commune; empty: the whole country. */
  territory: string;
  /** Of a payment agency. */
  provider: string;
}

/** A new account, as a form or a command tells it. */
export interface AccountDraft extends PostDraft {
  login: string;
  fullName: string;
}

/** What is wrong with which field, in French. */
export type Faults<Field extends string> = Partial<Record<Field, string>>;

/** Role and territory that fit together. */
export interface Post {
  role: Role;
  territory: Territory | undefined;
  providerCode: string | undefined;
}

/** Reads role and territory. @returns the post, or what is wrong with it */
export async function readPost(
  db: Pick<Database, 'prisma'>,
  draft: PostDraft,
): Promise<{ post: Post } | { faults: Faults<keyof PostDraft> }> {
  const { role } = draft;
  if (!isRole(role)) return { faults: { role: 'Choisissez un rôle.' } };
  const { reach } = roleOf(role);
  if (reach.includes('agency')) {
    const providerCode = draft.provider.trim();
    return providerCode === ''
      ? { faults: { provider: 'Écrivez le code de l’agence de paiement.' } }
      : { post: { role, territory: undefined, providerCode } };
  }
  const wanted = draft.territory.trim();
  if (wanted === '')
    return reach.includes('country')
      ? { post: { role, territory: undefined, providerCode: undefined } }
      : {
          faults: {
            territory: `Ce rôle vaut pour ${reachOf(role)}: écrivez son nom.`,
          },
        };
  const found = await unitsCalled(db, wanted, reach);
  const [territory, other] = found;
  if (territory === undefined || other !== undefined)
    return { faults: { territory: notOneUnit(role, wanted, found) } };
  return { post: { role, territory, providerCode: undefined } };
}

/** How far a role reaches, as a sentence names it. */
export function reachOf(role: Role): string {
  return roleOf(role)
    .reach.map((one) => reachWords[one])
    .join(' ou ');
}

/** Reads who somebody is. @returns what is wrong, field by field; empty when nothing is */
export function personFaults(
  draft: Pick<AccountDraft, 'login' | 'fullName'>,
): Faults<'login' | 'fullName'> {
  const name = draft.fullName.trim();
  return {
    ...(!LOGIN.test(normalLogin(draft.login)) && {
      login:
        'Écrivez de 2 à 40 lettres sans accent, chiffres, points ou traits d’union, par exemple a.keita.',
    }),
    ...((name.length < 2 || name.length > 80) && {
      fullName: 'Écrivez le prénom et le nom, 80 lettres au plus.',
    }),
  };
}

const LOGIN = /^[a-z0-9][a-z0-9.-]{1,39}$/;

const reachWords: Readonly<Record<Reach, string>> = {
  country: 'tout le pays',
  region: 'une région',
  cercle: 'un cercle',
  commune: 'une commune',
  agency: 'une agence de paiement',
};

/** A unit of the territory, and the one it lies in. */
interface NamedUnit extends Territory {
  name: string;
  parentCode: string | undefined;
}

/** Units of these levels that have this code, or this name whatever its accents and hyphens. */
async function unitsCalled(
  db: Pick<Database, 'prisma'>,
  wanted: string,
  levels: readonly Reach[],
): Promise<NamedUnit[]> {
  const units = await readTerritory(db);
  const name = foldName(wanted);
  return units.filter(
    (unit) =>
      unit.validTo === undefined &&
      levels.includes(unit.level) &&
      (unit.code === wanted || foldName(unit.name) === name),
  );
}

function notOneUnit(
  role: Role,
  wanted: string,
  found: readonly NamedUnit[],
): string {
  if (found.length === 0)
    return `Ce rôle vaut pour ${reachOf(role)}, et rien de tel ne s’appelle «\u202f${wanted.slice(0, 60)}\u202f».`;
  const each = found.map(
    ({ code, name, parentCode }) =>
      `${code} (${name}, ${parentCode?.replace(/^C-/, 'cercle ') ?? ''})`,
  );
  return `Plusieurs portent ce nom. Écrivez le code: ${each.join(', ')}.`;
}
