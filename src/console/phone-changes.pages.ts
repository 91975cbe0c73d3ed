import { officerOf } from '../complaints/officer';
import {
  decidePhoneChange,
  nearPaymentDays,
  objectionHours,
} from '../register/decide-phone-change';
import { askedPhoneChanges } from '../register/phone-changes';
import type { AskedPhoneChange } from '../register/phone-changes';
import { addDays, longDay } from '../text/dates';
import { maskMsisdn } from '../text/msisdn';
import { type Notice, saying } from './notices';
import { readNumber } from './read-fields';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

const access = 'phoneChanges.decide';

/** New numbers that households asked for. */
export const phoneChangePages: readonly Route[] = [
  forStaff('get', '/numeros', access, (visit) => list(visit)),
  forStaff('post', '/numeros/:id/approuver', access, (visit) =>
    decide(visit, true),
  ),
  forStaff('post', '/numeros/:id/refuser', access, (visit) =>
    decide(visit, false),
  ),
];

async function list(visit: StaffedVisit, refusal?: string): Promise<Reply> {
  const { house, staff, query } = visit;
  const { db, clock } = house;
  const after = readNumber(query['apres']);
  const today = clock.today();
  const { changes, next } = await askedPhoneChanges(
    ...([db, staff.member, today, after] as const),
  );
  return {
    ...{ kind: 'page', view: 'phone-changes', title: 'Changements de numéro' },
    status: refusal === undefined ? 200 : 409,
    values: {
      ...{ refusal, hours: objectionHours },
      changes: changes.map((one) => shownChange(one, clock.now(), today)),
      first: after && '/console/numeros',
      next: next && `/console/numeros?apres=${next}`,
    },
  };
}

/** `/numeros/7/approuver` */
async function decide(visit: StaffedVisit, approves: boolean): Promise<Reply> {
  const { house, staff, params } = visit;
  const changeId = readNumber(params['id']);
  if (changeId === undefined) return { kind: 'notFound' };
  const officer = await officerOf(house.db, staff.member);
  const word = { changeId, approves };
  const { kind } = await decidePhoneChange(house, officer, word);
  if (kind === 'notFound') return { kind };
  if (kind === 'done' || kind === 'waits')
    return {
      kind: 'goTo',
      path: saying('/console/numeros', told(kind, approves)),
    };
  return list(visit, refusals[kind]);
}

function told(kind: 'done' | 'waits', approves: boolean): Notice {
  if (kind === 'waits') return 'numeroAttend';
  return approves ? 'numeroChange' : 'numeroRefuse';
}

const refusals = {
  tooEarly: 'L’ancien numéro peut encore dire non. Rien n’est changé.',
  samePerson: 'Vous avez approuvé: une autre personne doit le faire aussi.',
  notNow: 'Quelqu’un d’autre a décidé entre-temps.',
} as const;

const hourMs = 3_600_000;

function shownChange(one: AskedPhoneChange, now: Date, today: string) {
  const { oldMsisdn, newMsisdn, requestedAt, nextPayment, firstBy } = one;
  const opensAt = new Date(requestedAt.getTime() + objectionHours * hourMs);
  const isEarly = opensAt > now;
  const isNear =
    nextPayment !== null && nextPayment <= addDays(today, nearPaymentDays);
  return {
    ...{ ...one, isEarly },
    oldMasked: oldMsisdn === null ? undefined : maskMsisdn(oldMsisdn),
    newMasked: maskMsisdn(newMsisdn),
    lines: [
      ...(isNear
        ? [
            {
              kind: 'warn',
              text: `Paiement le ${longDay(nextPayment)}\u00a0: deux personnes approuvent.`,
            },
          ]
        : []),
      ...(isEarly
        ? [
            {
              kind: 'quietly',
              text: `L’ancien numéro peut dire non jusqu’au ${longDay(opensAt.toISOString().slice(0, 10))} à ${opensAt.toISOString().slice(11, 16)}.`,
            },
          ]
        : []),
      ...(firstBy === null
        ? []
        : [
            {
              kind: 'quietly',
              text: `${firstBy} a approuvé\u00a0; il faut une autre personne.`,
            },
          ]),
    ],
  };
}
