import { SMS_GATEWAYS } from './sms-routes-setting';

/** What gateways bear, in messages a second: of one network, or of all together under `*`. */
export type SmsRates = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Networks as numbers tell them, `other` for all that are none of ours, `*` for all together. */
const NETWORKS = ['orange', 'malitel', 'telecel', 'other', '*'] as const;

const MOST_PER_SECOND = 10_000;

const FORM =
  'écrivez un objet JSON comme {"kannel":{"orange":20,"malitel":10,"*":25}}';

/** Reads the rates, or tells every fault in them. */
export function readSmsRates(
  written: string,
):
  | { kind: 'read'; rates: SmsRates }
  | { kind: 'faulty'; faults: readonly string[] } {
  const gateways = entriesOf(parsed(written));
  if (gateways === undefined) return { kind: 'faulty', faults: [FORM] };
  const faults = gateways.flatMap(([gateway, rates]) => [
    ...wordFaults(gateway, SMS_GATEWAYS),
    ...(entriesOf(rates)?.flatMap(([network, rate]) => [
      ...wordFaults(network, NETWORKS),
      ...(isRate(rate)
        ? []
        : [
            `«${gateway}» «${network}»: écrivez un nombre de messages par seconde, au plus ${MOST_PER_SECOND}`,
          ]),
    ]) ?? [FORM]),
  ]);
  if (faults.length > 0) return { kind: 'faulty', faults };
  const rates = gateways.map(
    ([gateway, found]) =>
      // isRate was asked of each.
      [gateway, new Map(entriesOf(found) as [string, number][])] as const,
  );
  return { kind: 'read', rates: new Map(rates) };
}

function parsed(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

/** @returns undefined for anything but an object with something in it */
function entriesOf(value: unknown): [string, unknown][] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return undefined;
  const entries = Object.entries(value);
  return entries.length > 0 ? entries : undefined;
}

function isRate(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value <= MOST_PER_SECOND;
}

function wordFaults(word: string, known: readonly string[]): string[] {
  return known.includes(word)
    ? []
    : [`«${word}» est inconnu; écrivez ${known.join(', ')}`];
}
