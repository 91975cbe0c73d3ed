import type { Config } from '../runtime/config';
import type { SmsGatewayName } from '../runtime/sms-routes-setting';
import { africasTalkingUssd } from './africas-talking';
import { africasTalkingSms } from './africas-talking-sms';
import type { UssdGateway, UssdPage } from './contract';
import { HUBTEL } from './json-dialects';
import { kannelSms } from './kannel-sms';
import { orangeSms } from './orange-sms';
import { simulatorSms, type Simulator } from './simulator-sms';
import type { SmsGateway } from './sms-contract';
import { smsRouter, type RouteSms } from './sms-router';
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

/** What of the configuration decides about SMS. */
export type SmsConfig = Pick<
  Config,
  'demo' | 'insideProduction' | 'smsAccounts' | 'smsRoutes'
>;

/** Everything that carries SMS. */
export interface SmsGateways {
  /** By the name that each has in the webhook's path. */
  byName: ReadonlyMap<string, SmsGateway>;
  /** The gateways for a number, the preferred one first. */
  routeSms: RouteSms;
  /** Absent in production. */
  simulator: Simulator | undefined;
}

/** What each gateway is made of; without its account there is none. A new one is one line here. */
const SMS_GATEWAYS: Readonly<
  Record<
    Exclude<SmsGatewayName, 'simulator'>,
    (accounts: Config['smsAccounts']) => SmsGateway | undefined
  >
> = {
  africastalking: ({ africasTalking: account }) =>
    account && africasTalkingSms(account),
  orange: ({ orange: account }) => account && orangeSms(account),
  kannel: ({ kannel: account }) => account && kannelSms(account),
};

/**
 * The SMS gateways that are configured, and the way to them. A demo has the simulator alone, whatever the
 * configuration says.
 */
export function smsGateways(
  config: SmsConfig,
  options: { now?: () => Date } = {},
): SmsGateways {
  const simulator = config.insideProduction ? undefined : simulatorSms(options);
  const accounts = config.demo ? {} : config.smsAccounts;
  const made = Object.values(SMS_GATEWAYS).map((make) => make(accounts));
  const gateways = [...made, simulator].filter((one) => one !== undefined);
  const byName = new Map(
    gateways.map((gateway): [string, SmsGateway] => [gateway.name, gateway]),
  );
  return { byName, routeSms: smsRouter(config.smsRoutes, byName), simulator };
}
