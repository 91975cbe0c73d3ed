import { africasTalkingUssd } from './africas-talking';
import type { UssdGateway, UssdPage } from './contract';
import { HUBTEL } from './json-dialects';
import { jsonUssd } from './ussd-json';

/** A page that every network of Mali shows: one part of 160 septets. */
const MODEST: UssdPage = { septets: 160, alphabet: 'gsm7' };

interface Entry {
  make: (page: UssdPage) => UssdGateway;
  /** What the operators behind this gateway show on one page; ask them, then write it here. */
  page: UssdPage;
}

/** Every gateway by the name it has in the webhook's path. A new one is one line here. */
const USSD_GATEWAYS: Readonly<Record<string, Entry>> = {
  africastalking: { make: africasTalkingUssd, page: MODEST },
  hubtel: { make: (page) => jsonUssd(HUBTEL, page), page: MODEST },
};

/**
 * The USSD gateways by name.
 * @param pages pages other than the table's, by name of gateway
 */
export function ussdGateways(
  pages: Readonly<Record<string, UssdPage>> = {},
): ReadonlyMap<string, UssdGateway> {
  const gateways = Object.entries(USSD_GATEWAYS).map(
    ([name, { make, page }]) => [name, make(pages[name] ?? page)] as const,
  );
  return new Map(gateways);
}
