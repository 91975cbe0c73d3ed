import { toldVerdict } from '../../src/staff/told-verdict';
import type { AuditVerdict } from '../../src/staff/verify-audit';

const hash = 'a'.repeat(64);
const whole: AuditVerdict = {
  ...{ checked: 12, breach: undefined, lastHash: hash },
  ...{ cutAfter: undefined, isExpectedMet: true },
};

test('a whole chain is told with its last hash, to be noted elsewhere', () => {
  const said = toldVerdict(whole);
  expect(said.slice(0, 2)).toEqual([
    "Lignes vérifiées: 12. Aucune n'est altérée ni manquante.",
    `Dernière empreinte: ${hash}`,
  ]);
  expect(said[2]).toContain('--expect');
});

test('an empty chain has no hash to note', () => {
  expect(toldVerdict({ ...whole, checked: 0, lastHash: '' })).toEqual([
    "Lignes vérifiées: 0. Aucune n'est altérée ni manquante.",
  ]);
});

test.each([
  [
    'altered',
    'La ligne n° 13 a été altérée ou ajoutée après coup. Lignes justes: 12.',
  ],
  ['missing', 'La ligne n° 13 manque. Lignes justes: 12.'],
  [
    'unknownEnd',
    "La ligne n° 13 n'a pas été écrite par le service. Lignes justes: 12.",
  ],
] as const)('a row that is %s is named', (kind, sentence) => {
  expect(toldVerdict({ ...whole, breach: { kind, id: 13 } })).toEqual([
    sentence,
  ]);
});

test('a hash that is no longer met says that the chain was cut or written anew', () => {
  const said = toldVerdict({ ...whole, isExpectedMet: false });
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/^L'empreinte attendue n'est plus dans le journal/);
});

test('what retention took away is told first', () => {
  const cutAfter = { id: 7, hash };
  expect(toldVerdict({ ...whole, cutAfter })[0]).toContain("jusqu'à la n° 7");
});
