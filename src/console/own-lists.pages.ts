import { listWaves, waveCommunes } from '../payments/list-waves';
import { lookUpCard, lookUpsAnHour } from '../payments/look-up-card';
import type { ListedPayment } from '../payments/look-up-card';
import { resultWords } from './complaint-words';
import { readNumber } from './read-fields';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';
import { readWaveMark, shownWave, waveMarkWord } from './wave-words';

const access = 'ownLists.see';

/** A payment agency's own lists: its waves, and a card looked up in one of them. */
export const ownListPages: readonly Route[] = [
  forStaff('get', '/listes', access, list),
  forStaff('get', '/listes/:id', access, (visit) => showList(visit)),
  forStaff('post', '/listes/:id', access, lookUp),
];

async function list({ house, staff, query }: StaffedVisit): Promise<Reply> {
  const after = readWaveMark(query['apres']);
  const { waves, next } = await listWaves(house.db, {
    ...{ provider: ownProvider(staff.member), after },
  });
  return {
    ...{ kind: 'page', view: 'own-lists', title: 'Mes listes' },
    values: {
      waves: waves.map((wave) => shownWave(wave)),
      first: after && '/console/listes',
      next: next && `/console/listes?apres=${waveMarkWord(next)}`,
    },
  };
}

/** An account of an agency has one; for one without there is no wave. */
function ownProvider({
  providerCode,
}: StaffedVisit['staff']['member']): string {
  return providerCode ?? '';
}

async function showList(
  visit: StaffedVisit,
  values: {
    faults?: Readonly<Record<string, string>>;
    found?: readonly object[];
    status?: 422 | 429;
  } = {},
): Promise<Reply> {
  const { house, staff, params, query } = visit;
  const id = readNumber(params['id']);
  const after = query['apres'];
  if (id === undefined) return { kind: 'notFound' };
  const provider = ownProvider(staff.member);
  const { waves } = await listWaves(house.db, { id, provider });
  const [wave] = waves;
  if (wave === undefined) return { kind: 'notFound' };
  const { faults = {}, found, status = 200 } = values;
  const { communes, next } = await waveCommunes(house.db, id, after);
  const here = `/console/listes/${id}`;
  return {
    ...{ kind: 'page', view: 'own-list', title: `Liste ${wave.code}`, status },
    values: {
      wave: shownWave(wave),
      ...{ communes, faults, found, most: lookUpsAnHour },
      first: after && here,
      next: next && `${here}?apres=${encodeURIComponent(next)}`,
    },
  };
}

/** `carte=12345678` */
async function lookUp(visit: StaffedVisit): Promise<Reply> {
  const { house, staff, params, form } = visit;
  const waveId = readNumber(params['id']);
  const cardNumber = (form['carte'] ?? '').replaceAll(/[\s.-]/g, '');
  const page = await showList(visit);
  if (page.kind !== 'page' || waveId === undefined) return page;
  if (!/^\d{8}$/.test(cardNumber))
    return showList(visit, {
      faults: { carte: 'Écrivez les huit chiffres de la carte.' },
      status: 422,
    });
  const providerCode = ownProvider(staff.member);
  const looked = await lookUpCard(house, staff.member, {
    ...{ waveId, providerCode, cardNumber },
  });
  if (looked.kind === 'wait')
    return showList(visit, {
      faults: {
        carte: `${lookUpsAnHour} recherches en une heure, c’est le plus. Attendez ${looked.minutes} minute${looked.minutes > 1 ? 's' : ''}.`,
      },
      status: 429,
    });
  return showList(visit, { found: looked.payments.map(shownPayment) });
}

function shownPayment(payment: ListedPayment) {
  const { result } = payment;
  return {
    ...payment,
    resultText: result === null ? '–' : (resultWords[result] ?? result),
  };
}
