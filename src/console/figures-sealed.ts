import type { SealedFigures } from '../complaints/sealed-figures';
import { leastCount } from '../register/small-cells';
import { hiddenWord, type ToldTable } from './figures-tables';
import { grouped } from './grouped';

/**
 * What is told of the sealed line: how many cases were closed, from five up; and of these how many were linked to the
 * project or referred, where neither they nor the others are fewer than five.
 */
export function sealedTable({
  closed,
  linked,
  referred,
}: SealedFigures): ToldTable {
  const part = (count: number): string =>
    count < leastCount || closed - count < leastCount
      ? hiddenWord
      : grouped(count);
  return {
    ...{ id: 'sealed', title: 'Ligne confidentielle' },
    head: ['Closes', 'Liées au projet', 'Orientées'],
    rows: [
      {
        ...{ value: 'total', title: 'Tout le pays' },
        cells: [
          closed < leastCount ? 'moins de 5' : grouped(closed),
          part(linked),
          part(referred),
        ],
      },
    ],
  };
}
