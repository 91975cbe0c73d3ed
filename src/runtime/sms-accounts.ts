import type { Settings } from './settings';
import type { SmsRoute } from './sms-routes-setting';

/** An account at Africa's Talking; `baseUrl` is an origin, absent for their own. */
export interface AfricasTalkingAccount {
  username: string;
  apiKey: string;
  senderId: string | undefined;
  baseUrl: string | undefined;
}

/** An account of Orange's SMS API; `baseUrl` as above. */
export interface OrangeAccount {
  clientId: string;
  clientSecret: string;
  senderName: string | undefined;
  baseUrl: string | undefined;
}

/** A Kannel, and where it brings its reports: an address with the webhook's token in it. */
export interface KannelAccount {
  url: string;
  username: string;
  password: string;
  callbackUrl: string;
}

/** The accounts that are configured. */
export interface SmsAccounts {
  africasTalking?: AfricasTalkingAccount;
  orange?: OrangeAccount;
  kannel?: KannelAccount;
}

/** @param token of our webhooks, for the gateway that must be told where to report */
export function smsAccounts(read: Settings, token: string): SmsAccounts {
  const africasTalking = africasTalkingAccount(read);
  const orange = orangeAccount(read);
  const kannel = kannelAccount(read, token);
  return {
    ...(africasTalking && { africasTalking }),
    ...(orange && { orange }),
    ...(kannel && { kannel }),
  };
}

/**
 * The routes: those that are set, else everything to the simulator; but a demo knows no other, and
 * production never sends there, where SMS would vanish as if they had arrived.
 */
export function smsRoutes(
  { SMS_ROUTES: given }: Settings,
  mode: { insideProduction: boolean; demo: boolean },
): readonly SmsRoute[] {
  if (mode.insideProduction) return given ?? [];
  return mode.demo ? TO_SIMULATOR : (given ?? TO_SIMULATOR);
}

/**
 * Whether what a phone answers comes back, whichever gateway carries the question: a sender that is a name cannot be
 * answered, nor can Orange's API, whose sender is a number of its own.
 */
export function answersReachUs(given: {
  smsAccounts: SmsAccounts;
  smsRoutes: readonly SmsRoute[];
}): boolean {
  const sender = given.smsAccounts.africasTalking?.senderId;
  return given.smsRoutes
    .flatMap(({ gateways }) => gateways)
    .every(
      (gateway) =>
        gateway === 'simulator' ||
        gateway === 'kannel' ||
        (gateway === 'africastalking' && /^\+?\d+$/.test(sender ?? '')),
    );
}

const TO_SIMULATOR: readonly SmsRoute[] = [
  { prefix: '*', gateways: ['simulator'] },
];

function africasTalkingAccount(
  read: Settings,
): AfricasTalkingAccount | undefined {
  const { AT_USERNAME: username, AT_API_KEY: apiKey } = read;
  if (username === undefined || apiKey === undefined) return undefined;
  const { AT_SENDER_ID: senderId, AT_BASE_URL: baseUrl } = read;
  return { username, apiKey, senderId, baseUrl };
}

function orangeAccount(read: Settings): OrangeAccount | undefined {
  const { ORANGE_CLIENT_ID: clientId, ORANGE_CLIENT_SECRET: clientSecret } =
    read;
  if (clientId === undefined || clientSecret === undefined) return undefined;
  const { ORANGE_SENDER_NAME: senderName, ORANGE_BASE_URL: baseUrl } = read;
  return { clientId, clientSecret, senderName, baseUrl };
}

function kannelAccount(
  read: Settings,
  token: string,
): KannelAccount | undefined {
  const { KANNEL_URL: url, KANNEL_USERNAME: username } = read;
  const { KANNEL_PASSWORD: password, PORT } = read;
  if (url === undefined || username === undefined || password === undefined) {
    return undefined;
  }
  const here = read.KANNEL_CALLBACK_URL ?? `http://127.0.0.1:${PORT}`;
  const callbackUrl = `${here}/webhooks/kannel/${token}/delivery`;
  return { url, username, password, callbackUrl };
}
