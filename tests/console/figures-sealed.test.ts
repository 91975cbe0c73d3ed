import { sealedTable } from '../../src/console/figures-sealed';

const cells = (closed: number, linked: number, referred: number) =>
  sealedTable({ closed, linked, referred }).rows[0]?.cells;

test('of the sealed line nothing under five is told, nor by what is left of those that were closed', () => {
  expect(cells(20, 6, 15)).toEqual(['20', '6', '15']);
  expect(cells(20, 17, 4)).toEqual(['20', 'masqué', 'masqué']);
  expect(cells(9, 9, 5)).toEqual(['9', 'masqué', 'masqué']);
  expect(cells(4, 0, 0)).toEqual(['moins de 5', 'masqué', 'masqué']);
});
