import { drawnScreen, wrapped } from '../../src/cli/drawn-screen';

test('lines break between words, and where a word is longer than a line', () => {
  expect(wrapped('4 Séances, farine, travaux\n0 Retour', 20)).toEqual([
    '4 Séances, farine,',
    'travaux',
    '0 Retour',
  ]);
  expect(wrapped('a'.repeat(45), 20)).toEqual([
    'a'.repeat(20),
    'a'.repeat(20),
    'a'.repeat(5),
  ]);
  expect(wrapped('', 20)).toEqual(['']);
});

test('a screen is drawn twenty letters wide, with what it fills of a page', () => {
  const drawn = drawnScreen(
    'Merci.\n30 000 F CFA (2 mois)',
    '+22360000001',
    '',
  );
  expect(drawn).toBe(
    [
      '  ╭──────────────────────╮',
      '  │ ▂▄▆ +22360000001     │',
      '  ├──────────────────────┤',
      '  │ Merci.               │',
      '  │ 30 000 F CFA (2      │',
      '  │ mois)                │',
      '  ╰──────────────────────╯',
      '   28/160',
    ].join('\n'),
  );
});

test('letters that a network lacks are named instead of counted', () => {
  expect(drawnScreen('Aw ni cɛ', '', '')).toContain('hors GSM-7: ɛ');
});
