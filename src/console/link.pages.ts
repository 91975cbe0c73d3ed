import { openLink, useLink } from '../staff/one-time-link';
import { saying } from './notices';
import { forAnybody, type Reply, type Route, type Visit } from './route';

const path = '/lien/:token';

/** The page behind an invitation or a reset. */
export const linkPages: readonly Route[] = [
  forAnybody('get', path, (visit) => choose(visit)),
  forAnybody('post', path, takePassword),
];

/** `mot-de-passe=…` */
async function takePassword(visit: Visit): Promise<Reply> {
  const { house, params, form } = visit;
  const { token = '' } = params;
  const used = await useLink(house.staff, token, form['mot-de-passe'] ?? '');
  if (used.kind === 'fault') return choose(visit, used.fault);
  if (used.kind === 'gone') return choose(visit);
  return {
    kind: 'goTo',
    path: saying('/console/connexion', 'lien'),
    token: null,
  };
}

async function choose(
  { house, params }: Visit,
  fault?: string,
): Promise<Reply> {
  const link = await openLink(house.staff, params['token'] ?? '');
  if (link === undefined)
    return {
      ...{ kind: 'page', view: 'link-gone', title: 'Lien fermé', status: 404 },
    };
  return {
    ...{
      kind: 'page',
      view: 'choose-password',
      title: 'Choisir un mot de passe',
    },
    status: fault === undefined ? 200 : 422,
    values: {
      faults: fault === undefined ? {} : { 'mot-de-passe': fault },
      ...{ linkKind: link.kind, owner: link.member },
    },
  };
}
