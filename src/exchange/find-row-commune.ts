import type { CommuneFinder } from '../staff/find-commune';
import type { RowProblem } from './row-checks';

/** The code of the commune that a row names, or what is wrong with the way it names it. */
export type RowCommune = { readonly code: string } | RowProblem;

/**
 * The commune of a row: by P-code, or by cercle and commune. A P-code and a name that mean two
 * different communes are refused; a name that is merely written otherwise is not.
 */
export function findRowCommune(
  finder: CommuneFinder,
  pcode: string,
  cercle: string,
  commune: string,
): RowCommune {
  if (pcode === '' && commune === '') {
    return { column: 'pcode', key: 'communeMissing' };
  }
  const named =
    commune === ''
      ? undefined
      : finder.communeByNames(cercle === '' ? undefined : cercle, commune);
  if (pcode !== '') {
    const found = finder.communeByPcode(pcode);
    if (found === undefined) return { column: 'pcode', key: 'pcodeUnknown' };
    if (named?.kind === 'one' && named.commune.code !== found.code) {
      const values = { name: `${found.cercle}, ${found.name}` };
      return { column: 'pcode', key: 'communeContradiction', values };
    }
    return { code: found.code };
  }
  if (named?.kind === 'one') return { code: named.commune.code };
  if (named?.kind === 'unknownCercle') {
    return { column: 'cercle', key: 'cercleUnknown' };
  }
  if (named?.kind !== 'several') {
    return { column: 'commune', key: 'communeUnknown' };
  }
  const choices = named.communes
    .map((one) => `${one.cercle}: ${one.pcode ?? one.code}`)
    .join(', ');
  return { column: 'cercle', key: 'communeRepeated', values: { choices } };
}
