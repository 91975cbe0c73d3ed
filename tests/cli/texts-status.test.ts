import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signBack, textsBench, type TextsBench } from './texts-bench';

let bench: TextsBench;

beforeEach(() => {
  bench = textsBench();
});

afterEach(() => {
  bench.remove();
});

test('the status counts texts, signatures and confidence, and says how it counts the fullest screen', async () => {
  await bench.imported(signBack(await bench.exported()));
  expect(await bench.jigi('status')).toBe(0);
  expect(bench.printed).toEqual([
    'langue         textes  relus  haute  moyenne  faible  écran le plus chargé',
    'fr Français    8       -      -      -        -       payment.next 114',
    'bm Bamanankan  8       1      5      2        1       payment.next 91',
    expect.stringMatching(
      /^Écran le plus chargé: toutes ses lignes .* ensemble/,
    ),
  ]);
});

test('the status tells what is wrong, and fails', async () => {
  const file = join(bench.root, 'locales', 'bm', 'payment.json');
  writeFileSync(file, JSON.stringify({ none: { text: 'Wari tɛ' } }));
  expect(await bench.jigi('status')).toBe(1);
  expect(bench.printed).toContain(
    'bm payment.next.title: Ce texte manque: traduisez-le.',
  );
});
