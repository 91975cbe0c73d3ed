import type { Claim } from '../../src/complaints/known-reader';
import { beginSealedLine } from '../../src/complaints/sealed-ceremony';
import type { CeremonyDeps } from '../../src/complaints/sealed-ceremony';

/** A guess costs next to nothing: tests make many. */
export const cheapGuess = { opsLimit: 1, memoryKib: 8 };

/** The two who read the line under test. */
export const readers: readonly [Claim, Claim] = [
  { name: 'Aïssata', passphrase: 'le baobab au bord du fleuve' },
  { name: 'Rokia', passphrase: 'trois pirogues avant la pluie' },
];

/** Holds the key ceremony: from now on the line is open. */
export function openLine(deps: Omit<CeremonyDeps, 'cost'>): Promise<void> {
  return beginSealedLine({ ...deps, cost: cheapGuess }, readers);
}
