import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { surveyFile } from '../../src/exchange/survey-file';

const folder = mkdtempSync(path.join(tmpdir(), 'jigi-survey-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function survey(content: string | Buffer): Promise<string> {
  const file = path.join(folder, 'file.csv');
  writeFileSync(file, content);
  const found = await surveyFile(file);
  return found.kind === 'refused' ? found.reason : found.format.kind;
}

const PAYMENTS = 'wave_code;household_number;rule_code;amount_xof;updated_at';
const RESULTS =
  'wave_code;household_number;rule_code;result;amount_xof;updated_at';

test.each([
  ['payments', PAYMENTS],
  ['payments', PAYMENTS.split(';').reverse().join(',')],
  ['payment-results', RESULTS],
  ['grants', 'household_number;rule_code;updated_at'],
  ['enrolments', 'household_number;rule_code;cohort_start;updated_at'],
  ['sessions', 'session_code;pcode;village;date;place;updated_at'],
  ['distributions', 'distribution_code;pcode;village;date;place;updated_at'],
  ['payments', `${PAYMENTS};ligne;colonne;valeur;motif`],
])('%s is recognised by its header alone: %s', async (kind, header) => {
  expect(await survey(`${header}\n`)).toBe(kind);
  expect(await survey(header)).toBe(kind);
});

test.each([
  ['an empty file', '', 'vide'],
  ['a header of another world', 'a;b;c\n1;2;3\n', 'Aucun en-tête connu'],
  [
    'a lacking column',
    'wave_code;household_number;rule_code;updated_at\n',
    'mais il manque',
  ],
  [
    'a column twice',
    `${PAYMENTS};amount_xof\n`,
    'amount_xof est écrite deux fois',
  ],
  ['UTF-16', Buffer.from(`\ufeff${PAYMENTS}\n`, 'utf16le'), 'UTF-8'],
  ['a ZIP', Buffer.from('PK\x03\x04\x14\x00\x06\x00\x08\x00'), 'UTF-8'],
  ['a cut quoted cell', `${PAYMENTS}\nW1;"H1;TM15`, 'guillemet ouvert ligne 2'],
  ['a line without end', `${PAYMENTS}\n${'x'.repeat(2_000_000)}`, 'UTF-8'],
])('%s is refused whole, with its reason', async (_, content, reason) => {
  expect(await survey(content)).toContain(reason);
});

test('a file that is not there is refused', async () => {
  const found = await surveyFile(path.join(folder, 'nowhere.csv'));
  expect(found).toMatchObject({ kind: 'refused' });
});
