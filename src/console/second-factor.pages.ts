import {
  confirmSecondFactor,
  demoCode,
  passSecondFactor,
  secretToConfirm,
} from '../staff/second-factor';
import type { SignedIn } from '../staff/sign-in';
import { totpUri } from '../staff/totp';
import { carrying, nextPage, waitWords } from './next-page';
import { qrCode } from './qr-code';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

const access = 'passwordGiven';

/** The code of the phone, and setting it up. */
export const secondFactorPages: readonly Route[] = [
  forStaff('get', '/second-facteur', access, (visit) => ask(visit)),
  forStaff('post', '/second-facteur', access, takeCode),
  forStaff('get', '/second-facteur/activer', access, (visit) => setUp(visit)),
  forStaff('post', '/second-facteur/activer', access, takeFirstCode),
];

/** `code=123456&suite=/console/comptes` */
async function takeCode(visit: StaffedVisit): Promise<Reply> {
  const { house, address, staff, form } = visit;
  const code = form['code'] ?? '';
  const passed = await passSecondFactor(house.staff, {
    visit: staff,
    code,
    address,
  });
  if (passed.kind !== 'in') return ask(visit, faultOf(passed));
  return { kind: 'goTo', path: nextPage(form['suite']), token: passed.token };
}

async function ask(visit: StaffedVisit, fault?: string): Promise<Reply> {
  const { house, staff, query, form } = visit;
  if (!staff.member.hasSecondFactor)
    return { kind: 'goTo', path: '/console/second-facteur/activer' };
  return {
    ...{ kind: 'page', view: 'second-factor', title: 'Second facteur' },
    status: fault === undefined ? 200 : 422,
    values: {
      faults: fault === undefined ? {} : { code: fault },
      demoCode: await demoCode(house.staff, staff.member),
      next: nextPage(form['suite'] ?? query['suite']),
    },
  };
}

/** `code=123456`; the recovery codes are in the answer, and nowhere else. */
async function takeFirstCode(visit: StaffedVisit): Promise<Reply> {
  const { house, address, staff, form } = visit;
  const code = form['code'] ?? '';
  const done = await confirmSecondFactor(house.staff, {
    visit: staff,
    code,
    address,
  });
  if (done.kind !== 'in') return setUp(visit, faultOf(done));
  return {
    ...{ kind: 'page', view: 'recovery-codes', title: 'Codes de secours' },
    token: done.token,
    values: { codes: done.recoveryCodes, next: nextPage(form['suite']) },
  };
}

async function setUp(visit: StaffedVisit, fault?: string): Promise<Reply> {
  const { house, staff, query, form } = visit;
  const secret = await secretToConfirm(house.staff, staff.member);
  const next = form['suite'] ?? query['suite'];
  if (secret === undefined)
    return { kind: 'goTo', path: carrying('/console/second-facteur', next) };
  return {
    ...{
      kind: 'page',
      view: 'second-factor-set-up',
      title: 'Activer le second facteur',
    },
    status: fault === undefined ? 200 : 422,
    values: {
      faults: fault === undefined ? {} : { code: fault },
      qr: qrCode(totpUri(secret, staff.member.login)),
      secret: secret.replaceAll(/(.{4})(?=.)/g, '$1 '),
      next: nextPage(next),
    },
  };
}

function faultOf(refused: Exclude<SignedIn, { kind: 'in' }>): string {
  return refused.kind === 'wait'
    ? `Trop d’essais. Réessayez dans ${waitWords(refused.seconds)}.`
    : 'Ce code n’est pas juste, ou il a déjà servi. Attendez le suivant.';
}
