import { listWaves, waveStates } from '../payments/list-waves';
import { holds } from '../staff/permissions';
import { choices } from './inbox-choices';
import { inboxPath } from './inbox-address';
import { sampleCsv, samplePage } from './payment-sample';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';
import {
  readWaveMark,
  readWaveState,
  shownWave,
  waveMarkWord,
  waveStateWords,
} from './wave-words';

const access = 'payments.see';

/** Waves with what agencies and households say of them, and a sample for auditors. */
export const paymentPages: readonly Route[] = [
  forStaff('get', '/paiements', access, list),
  forStaff('get', '/paiements/echantillon', access, samplePage),
  forStaff('get', '/paiements/echantillon.csv', access, sampleCsv),
];

async function list({ house, staff, query }: StaffedVisit): Promise<Reply> {
  const { member } = staff;
  const state = readWaveState(query['etat']);
  const after = readWaveMark(query['apres']);
  const { waves, next } = await listWaves(house.db, {
    ...{ territory: member.territory, state, after },
  });
  const here = (mark?: string): string =>
    `/console/paiements?${new URLSearchParams({ ...(state && { etat: state }), ...(mark && { apres: mark }) }).toString()}`;
  const mayRead = holds(member, 'complaints.see');
  return {
    ...{ kind: 'page', view: 'payments', title: 'Paiements' },
    values: {
      states: choices(
        waveStates.map((one) => [one, waveStateWords[one].text]),
        state,
        'Tous les états',
      ),
      waves: waves.map((wave) => ({
        ...shownWave(wave),
        requests: mayRead
          ? inboxPath({ view: 'open', waveId: wave.id })
          : undefined,
      })),
      first: after && here(),
      next: next && here(waveMarkWord(next)),
    },
  };
}
