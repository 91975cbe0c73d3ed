import type { Bind } from '../runtime/bound-values';
import type { Territory } from './permissions';

/** The condition that a commune lies in a territory, as it is divided today; the whole country holds all. */
export function inTerritory(
  bind: Bind,
  territory: Territory | undefined,
  commune: string,
): string {
  if (territory === undefined) return 'true';
  const { level, code } = territory;
  if (level === 'commune') return `${commune} = ${bind(code)}`;
  const units = `select code from territory_units where level = 'commune' and valid_to is null and parent_code`;
  return level === 'cercle'
    ? `${commune} in (${units} = ${bind(code)})`
    : `${commune} in (${units} in (select code from territory_units where parent_code = ${bind(code)} and valid_to is null))`;
}
