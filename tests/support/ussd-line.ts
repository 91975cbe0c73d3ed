import { answerTurn } from '../../src/ussd/answer-turn';
import { courteousEnd } from '../../src/ussd/courteous-end';
import type { UssdHouse } from '../../src/ussd/ussd-house';
import {
  closed,
  doorDeps,
  doorServer,
  listening,
  nothingSeen,
  USSD,
} from '../webhooks/door-house';
import { countedPhones, type CountedPhones } from './counted-phones';
import { gatewayLine } from './gateway-line';
import { gateways } from './ussd-house';

/** Phones before a door over HTTP, and houses behind it that answer in turn. */
export interface UssdLine {
  readonly phones: CountedPhones;
  close(): Promise<void>;
}

/** Opens a door before houses over one store; each step comes to the next of them. */
export async function ussdLine(
  houses: readonly UssdHouse[],
  atOnce: number,
): Promise<UssdLine> {
  let taken = 0;
  const [first] = houses;
  if (first === undefined) throw new Error('no house');
  const server = doorServer(
    doorDeps(nothingSeen(), {
      gateways,
      answer(gateway, turn) {
        taken += 1;
        return answerTurn(
          houses[taken % houses.length] ?? first,
          gateway,
          turn,
        );
      },
      courteous: (gateway) => courteousEnd(first.texts, gateway),
    }),
  );
  const line = gatewayLine(await listening(server), USSD, atOnce);
  return {
    phones: countedPhones((form) => line.post(form)),
    async close() {
      line.close();
      await closed(server);
    },
  };
}
