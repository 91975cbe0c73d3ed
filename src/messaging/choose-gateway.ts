import type { SmsGateway } from '../channels/sms-contract';
import type { Standing } from './gateway-health';

/** Which ways are open to a number. */
export interface Choice {
  /** Better ways that were left alone, and may be tried by one message. */
  probes: SmsGateway[];
  /** The best way that stands open; absent: none. */
  main?: SmsGateway;
}

/**
 * Goes through the ways of a route in their order: the first that is fit, else the first that is only slow. A way that
 * may be tried is tried whenever nothing better stands open: so messages come back to it.
 */
export function chooseGateway(
  route: readonly SmsGateway[],
  standing: (gateway: string) => Standing,
): Choice {
  const ways = route.map((gateway) => ({
    gateway,
    standing: standing(gateway.name),
  }));
  const fit = ways.findIndex((way) => way.standing === 'fit');
  const main =
    fit === -1 ? ways.find((way) => way.standing === 'slow') : ways[fit];
  const better = fit === -1 ? ways : ways.slice(0, fit);
  return {
    probes: better
      .filter((way) => way.standing === 'probe')
      .map(({ gateway }) => gateway),
    ...(main === undefined ? {} : { main: main.gateway }),
  };
}
