/** The SMS gateways that a route may name. */
export const SMS_GATEWAYS = [
  'africastalking',
  'orange',
  'kannel',
  'simulator',
] as const;

export type SmsGatewayName = (typeof SMS_GATEWAYS)[number];

/** Which gateways carry SMS to numbers that begin so, the preferred one first. */
export interface SmsRoute {
  /** First national digits, or `*` for every other number, of any country. */
  prefix: string;
  gateways: readonly SmsGatewayName[];
}

const FORM =
  'écrivez un objet JSON comme {"7":["orange","kannel"],"*":["africastalking"]}';

/** Reads the routes, or tells every fault in them; a doubled prefix counts as the last of its name. */
export function readSmsRoutes(
  written: string,
):
  | { kind: 'read'; routes: readonly SmsRoute[] }
  | { kind: 'faulty'; faults: readonly string[] } {
  const entries = entriesOf(written);
  if (entries === undefined) return { kind: 'faulty', faults: [FORM] };
  const faults = entries.flatMap(([prefix, names]) => [
    ...(/^(?:\*|\d{1,8})$/.test(prefix)
      ? []
      : [`«${prefix}» n'est ni le début d'un numéro (1 à 8 chiffres) ni *`]),
    ...namesFaults(prefix, names),
  ]);
  if (faults.length > 0) return { kind: 'faulty', faults };
  const routes = entries.map(([prefix, names]) => ({
    prefix,
    gateways: SMS_GATEWAYS.filter((name) => names.includes(name)).sort(
      (one, other) => names.indexOf(one) - names.indexOf(other),
    ),
  }));
  return { kind: 'read', routes };
}

function entriesOf(written: string): [string, string[]][] | undefined {
  try {
    const value: unknown = JSON.parse(written);
    if (typeof value !== 'object' || value === null) return undefined;
    const entries = Object.entries(value).map(([prefix, names]) =>
      isListOfWords(names)
        ? ([prefix, names] as [string, string[]])
        : undefined,
    );
    const whole = entries.filter((entry) => entry !== undefined);
    const isWhole = whole.length === entries.length && whole.length > 0;
    return isWhole && !Array.isArray(value) ? whole : undefined;
  } catch {
    return undefined;
  }
}

function isListOfWords(names: unknown): names is string[] {
  return (
    Array.isArray(names) && names.every((name) => typeof name === 'string')
  );
}

function namesFaults(prefix: string, names: readonly string[]): string[] {
  const known: readonly string[] = SMS_GATEWAYS;
  const unknown = names.filter((name) => !known.includes(name));
  return [
    ...(names.length === 0 ? [`«${prefix}» ne nomme aucune passerelle`] : []),
    ...unknown.map(
      (name) => `«${name}» est inconnue; écrivez ${SMS_GATEWAYS.join(', ')}`,
    ),
    ...(new Set(names).size < names.length
      ? [`«${prefix}» nomme deux fois la même passerelle`]
      : []),
  ];
}
