import { endSitting } from '../complaints/sealed-sitting';
import { signIn, signOut } from '../staff/sign-in';
import { findSession } from '../staff/staff-sessions';
import { secondFactorPath } from './guard';
import { carrying, nextPage, waitWords } from './next-page';
import { saying } from './notices';
import { forAnybody, type Reply, type Route, type Visit } from './route';

/** Signing in and out. */
export const signInPages: readonly Route[] = [
  forAnybody('get', '/connexion', showSignIn),
  forAnybody('post', '/connexion', takeSignIn),
  forAnybody('post', '/deconnexion', leave),
];

function showSignIn(visit: Visit): Promise<Reply> {
  const isIn = visit.staff?.stage === 'full';
  return Promise.resolve(
    isIn ? { kind: 'goTo', path: '/console' } : form(visit),
  );
}

async function leave({ house, staff, sittingKey }: Visit): Promise<Reply> {
  if (staff !== undefined) {
    await signOut(house.staff, staff);
    await endSitting(house, staff.sessionId);
  }
  const path = saying('/console/connexion', 'sorti');
  return {
    ...{ kind: 'goTo', path, token: null },
    ...(sittingKey !== undefined && { sittingKey: null }),
  };
}

/** `identifiant=f.keita&mot-de-passe=…&suite=/console/comptes` */
async function takeSignIn(visit: Visit): Promise<Reply> {
  const { house, address, staff } = visit;
  const { identifiant: login = '', suite } = visit.form;
  const password = visit.form['mot-de-passe'] ?? '';
  const missing = {
    ...(login.trim() === '' && { identifiant: 'Écrivez votre identifiant.' }),
    ...(password === '' && { 'mot-de-passe': 'Écrivez votre mot de passe.' }),
  };
  if (Object.keys(missing).length > 0) return form(visit, missing);
  const request = { login, password, address, before: staff };
  const signed = await signIn(house.staff, request);
  if (signed.kind === 'wait')
    return form(
      visit,
      {
        identifiant: `Trop d’essais. Réessayez dans ${waitWords(signed.seconds)}.`,
      },
      429,
    );
  if (signed.kind === 'refused')
    return form(visit, {
      identifiant: 'L’identifiant ou le mot de passe n’est pas juste.',
    });
  const { token } = signed;
  if (signed.stage === 'full')
    return { kind: 'goTo', path: nextPage(suite), token };
  const begun = await findSession(house.staff, token);
  const path = begun ? secondFactorPath(begun.member) : '/console/connexion';
  return { kind: 'goTo', path: carrying(path, suite), token };
}

function form(
  { query, form: typed }: Visit,
  faults: Readonly<Record<string, string>> = {},
  status: 200 | 422 | 429 = Object.keys(faults).length > 0 ? 422 : 200,
): Reply {
  return {
    ...{ kind: 'page', view: 'sign-in', title: 'Connexion', status },
    values: {
      faults,
      login: typed['identifiant'] ?? '',
      next: nextPage(typed['suite'] ?? query['suite']),
    },
  };
}
