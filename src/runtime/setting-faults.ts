import { readSmsRoutes, type SmsGatewayName } from './sms-routes-setting';

/** The environment's settings as written, empty ones left out. */
export type GivenSettings = Readonly<Record<string, string | undefined>>;

/** The webhook token of a demo, which production refuses. */
export const DEMO_TOKEN = 'demo';
const SHORTEST_TOKEN = 16;
const SHORTEST_SECRET = 32;

/** What production alone refuses, read from the raw values so that it is told beside the other faults. */
export function modeFaults(given: GivenSettings): string[] {
  if (given['NODE_ENV'] !== 'production')
    return given['DEMO'] === '0' && isShifted(given)
      ? ['DEMO_CLOCK_OFFSET: seulement avec DEMO=1']
      : [];
  return [
    given['DEMO'] === '1' ? 'DEMO: la production refuse DEMO=1' : undefined,
    isShifted(given)
      ? 'DEMO_CLOCK_OFFSET: la production suit la vraie date; enlevez-le'
      : undefined,
    given['DATABASE_URL'] === undefined
      ? "DATABASE_URL: indiquez la base PostgreSQL (adresse postgresql://…); la production n'en apporte pas"
      : undefined,
    secretFault(given, 'WEBHOOK_TOKENS', SHORTEST_TOKEN),
    secretFault(given, 'SESSION_SECRET', SHORTEST_SECRET),
    secretFault(given, 'HASH_KEY', SHORTEST_SECRET),
  ].filter((fault) => fault !== undefined);
}

function isShifted(given: GivenSettings): boolean {
  return (given['DEMO_CLOCK_OFFSET'] ?? '0') !== '0';
}

function secretFault(
  given: GivenSettings,
  name: string,
  shortest: number,
): string | undefined {
  const secrets = given[name]?.split(',').map((part) => part.trim());
  if (secrets === undefined)
    return `${name}: indiquez un secret, par exemple le résultat de «openssl rand -base64 32 | tr +/ -_»`;
  if (secrets.includes(DEMO_TOKEN))
    return `${name}: «${DEMO_TOKEN}» est le secret de la démonstration; choisissez-en un autre`;
  return secrets.some((secret) => secret.length < shortest)
    ? `${name}: un secret compte au moins ${shortest} caractères`
    : undefined;
}

/** Settings that make sense only together. */
const TOGETHER = [
  ['AT_USERNAME', 'AT_API_KEY'],
  ['ORANGE_CLIENT_ID', 'ORANGE_CLIENT_SECRET'],
  ['KANNEL_URL', 'KANNEL_USERNAME', 'KANNEL_PASSWORD'],
] as const;

/** Settings that lack another, or cannot stand beside another. */
export function pairFaults(given: GivenSettings): string[] {
  const missing = TOGETHER.flatMap((names) => {
    const present = names.find((name) => given[name] !== undefined);
    if (present === undefined) return [];
    return names
      .filter((name) => given[name] === undefined)
      .map((name) => `${name}: indiquez-le aussi, puisque ${present} l'est`);
  });
  return [...missing, ...portFaults(given)];
}

/** Figures never stand on the public port; 0 is no port: any free one, or none. */
function portFaults({
  PORT: port = '8080',
  METRICS_PORT: metricsPort = '9464',
}: GivenSettings): string[] {
  return Number(port) === Number(metricsPort) && Number(port) !== 0
    ? [`METRICS_PORT: ${metricsPort} est déjà PORT; choisissez-en un autre`]
    : [];
}

/** What a gateway cannot be without; the simulator needs nothing, and is for trying only. */
const NEEDED: Readonly<Record<SmsGatewayName, string | undefined>> = {
  africastalking: 'AT_USERNAME',
  orange: 'ORANGE_CLIENT_ID',
  kannel: 'KANNEL_URL',
  simulator: undefined,
};

/** Gateways that the routes name and that nobody could send through. */
export function routeFaults(given: GivenSettings): string[] {
  const read = readSmsRoutes(given['SMS_ROUTES'] ?? '');
  if (read.kind === 'faulty') return [];
  const named = new Set(read.routes.flatMap(({ gateways }) => gateways));
  return [...named].flatMap((name) => {
    const needed = NEEDED[name];
    if (needed !== undefined && given[needed] === undefined) {
      return [`SMS_ROUTES: «${name}» n'est pas configurée; indiquez ${needed}`];
    }
    return name === 'simulator' && given['NODE_ENV'] === 'production'
      ? ["SMS_ROUTES: la production n'envoie rien au simulateur; enlevez-le"]
      : [];
  });
}
