import {
  caseOfWords,
  readCase,
  writeCase,
} from '../../src/complaints/sealed-case';
import { hasSealedWords } from '../../src/complaints/sealed-words';

test.each([
  "L'agent m'a violée",
  'il a abusé de ma fille',
  'HARCELEMENT',
  'il veut coucher avec moi pour la carte',
  'violences à la maison',
  'attouchements',
  'binkanni',
  "relations sexuelles contre l'argent",
  'on m’a forcée, mariage force',
])('%j is for the sealed line', (text) => {
  expect(hasSealedWords(text)).toBe(true);
});

test.each([
  "Je n'ai pas reçu mon paiement",
  'Le violet est beau',
  "abus de pouvoir de l'agent",
  'ma carte est perdue',
  'N ma wari sɔrɔ',
  'Sexagénaire',
  '',
])('%j is not', (text) => {
  expect(hasSealedWords(text)).toBe(false);
});

test('an SMS fits into a case whole, a longer one to what fits; every case is as long as any other', () => {
  const kept = {
    token: '0'.repeat(16),
    day: '2026-03-12',
    msisdn: '+22376123456',
    locale: 'bm',
  };
  for (const text of [
    'a',
    'é'.repeat(150),
    '"\\\n'.repeat(60),
    '😀'.repeat(80),
    'x'.repeat(2_000),
  ]) {
    const one = caseOfWords(kept, text);
    expect(writeCase(one)).toHaveLength(256);
  }
  const whole = caseOfWords(kept, `${'é'.repeat(159)}.`);
  expect(whole.words).toBe(`${'e'.repeat(159)}.`);
  const noted = { ...whole, note: 'yn-' };
  expect(readCase(writeCase(noted))).toEqual(noted);
});
