import type { SmsRoute } from '../runtime/sms-routes-setting';
import type { SmsGateway } from './sms-contract';

/** The gateways for a number, the preferred one first; none when no route is for it. */
export type RouteSms = (msisdn: string) => readonly SmsGateway[];

const COUNTRY = '+223';
const EVERY_OTHER = '*';

/** Chooses by the longest prefix that a number begins with. Numbers are not portable in Mali, so it tells the operator. */
export function smsRouter(
  routes: readonly SmsRoute[],
  byName: ReadonlyMap<string, SmsGateway>,
): RouteSms {
  const known = routes.map(({ prefix, gateways }) => ({
    prefix,
    gateways: gateways.flatMap((name) => byName.get(name) ?? []),
  }));
  const byLength = known
    .filter(({ prefix }) => prefix !== EVERY_OTHER)
    .sort((one, other) => other.prefix.length - one.prefix.length);
  const others = known.find(({ prefix }) => prefix === EVERY_OTHER);
  return (msisdn) => {
    const national = msisdn.startsWith(COUNTRY)
      ? msisdn.slice(COUNTRY.length)
      : undefined;
    const route = byLength.find(({ prefix }) => national?.startsWith(prefix));
    return (route ?? others)?.gateways ?? [];
  };
}
