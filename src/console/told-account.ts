import type { StaffMember } from '../staff/staff-member';

/** A unit of the territory with what it is. */
export function unitWords({
  level,
  name,
}: {
  level: keyof typeof levelWords;
  name: string;
}): string {
  return `${levelWords[level]} ${name}`;
}

const levelWords = {
  region: 'Région de',
  cercle: 'Cercle de',
  commune: 'Commune de',
} as const;

/** Where somebody acts, in words. */
export function reachWords(
  { territory, providerCode }: StaffMember,
  names: ReadonlyMap<string, string>,
): string {
  if (providerCode !== undefined) return `Agence ${providerCode}`;
  if (territory === undefined) return 'Tout le pays';
  const { level, code } = territory;
  return `${levelWords[level]} ${names.get(code) ?? code}`;
}

/** An account's state, as staff read it, and the colour of its tag. */
export const stateWords = {
  active: { text: 'Ouvert', colour: 'green' },
  invited: { text: 'Invité', colour: 'yellow' },
  disabled: { text: 'Fermé', colour: 'grey' },
} as const;
