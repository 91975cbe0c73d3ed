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
export function pairFaults(given: GivenSettings): string[] {
  const [present, absent] =
    given['AT_USERNAME'] === undefined
      ? ['AT_API_KEY', 'AT_USERNAME']
      : ['AT_USERNAME', 'AT_API_KEY'];
  return given[present] !== undefined && given[absent] === undefined
    ? [`${absent}: indiquez-le aussi, puisque ${present} l'est`]
    : [];
}
