import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import type africastalking from 'africastalking';
import { askGateway, type GatewayAnswer } from './ask-gateway';

/** Where and how one call of the package goes. */
export interface PackageCall {
  gateway: string;
  /** Without path. */
  origin: string;
  deadlineMs: number;
  signal?: AbortSignal | undefined;
  /** Looks whether the package would send, and sends nothing. */
  isRehearsal?: boolean;
}

/** The official package, for one account. */
export type Package = ReturnType<typeof africastalking>;

interface Running extends PackageCall {
  came?: Promise<GatewayAnswer>;
}

/** What we use of axios: the package brings its own copy, pinned exactly. */
interface SdkAxios {
  defaults: { adapter: (config: SdkRequest) => Promise<unknown> };
  getUri(config: SdkRequest): string;
}
interface SdkRequest {
  method?: string;
  headers: { toJSON(): Record<string, string> };
  data?: string;
}

const running = new AsyncLocalStorage<Running>();

/**
 * Opens the package for an account; live and sandbox may stand side by side. Loading it takes a second and 30 MB,
 * so nobody pays for it who has no account.
 */
export async function openPackage(
  username: string,
  apiKey: string,
): Promise<Package> {
  const { default: open } = await import('africastalking');
  // What require gives back has no type; the copy is that of the package, not one that we might have.
  const axios = createRequire(require.resolve('africastalking'))(
    'axios',
  ) as SdkAxios;
  axios.defaults.adapter = (config) => carry(axios.getUri(config), config);
  return open({ username, apiKey });
}

/**
 * Runs one call of the package through our own line, and gives back the raw answer: what the package
 * itself resolves or throws has three shapes, and one of them holds the key.
 * @returns undefined when the package refused to send
 * @throws GatewayError when no whole answer came
 */
export async function throughPackage(
  call: PackageCall,
  work: () => Promise<unknown>,
): Promise<GatewayAnswer | undefined> {
  const one: Running = { ...call };
  await running.run(one, work).catch(() => undefined);
  return one.came;
}

/** Stands in the place of axios' own way to the network. */
async function carry(uri: string, config: SdkRequest): Promise<unknown> {
  const one = running.getStore();
  if (one === undefined) throw new Error('africastalking outside its gateway');
  one.came = one.isRehearsal === true ? rehearsed() : ask(one, uri, config);
  const { status, headers: answered, text } = await one.came;
  return { data: text, status, statusText: '', headers: answered, config };
}

function ask(
  one: Running,
  uri: string,
  config: SdkRequest,
): Promise<GatewayAnswer> {
  const { pathname, search } = new URL(uri);
  return askGateway({
    gateway: one.gateway,
    method: config.method?.toUpperCase() === 'GET' ? 'GET' : 'POST',
    url: new URL(pathname + search, one.origin),
    headers: config.headers.toJSON(),
    ...(config.data !== undefined && { body: config.data }),
    deadlineMs: one.deadlineMs,
    signal: one.signal,
  });
}

function rehearsed(): Promise<GatewayAnswer> {
  return Promise.resolve({ status: 201, headers: {}, text: '{}' });
}
