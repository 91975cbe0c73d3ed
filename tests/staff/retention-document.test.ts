import { readFileSync } from 'node:fs';
import path from 'node:path';
import { auditKept, retentionRules } from '../../src/staff/retention-rules';

describe('docs/data-dictionary.md', () => {
  const dictionary = readFileSync(
    path.join(__dirname, '../../docs/data-dictionary.md'),
    'utf8',
  );
  const cells = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2)
      .map((line) => line.split('|').map((cell) => cell.trim()));
  const [head = '', ...sections] = dictionary.split(/^## /m);
  /** Words whose end is no delay of the table. */
  const elsewhere = ['commit', 'reader', 'wish', 'service'];
  const words = new Map(
    cells(head).map(([, word = '', means = '', by = '']) => [
      word,
      { means, by },
    ]),
  );

  test('gives each field the end that the retention table carries out', () => {
    const steps = retentionRules.flatMap(({ keptUntil, steps: each }) =>
      each.map((step) => ({ ...step, keptUntil })),
    );
    const untilOf = (table: string, field: string): string | undefined =>
      table === 'audit_entries'
        ? 'audit'
        : (
            steps.find(
              (step) => step.table === table && step.fields?.includes(field),
            ) ??
            steps.find(
              (step) =>
                step.table === table &&
                step.fields === undefined &&
                step.isDraggedAlong !== true,
            )
          )?.keptUntil;
    const differing = sections.flatMap((section) => {
      const table = section.slice(0, section.indexOf('\n'));
      return cells(section)
        .map(([, field = '', , , , until = '']) => ({ table, field, until }))
        .filter(({ until }) => !elsewhere.includes(until))
        .filter(({ field, until }) => untilOf(table, field) !== until);
    });
    expect(differing).toEqual([]);
  });

  test('names the delay of the table, and who carries it out', () => {
    const rules = [...retentionRules, { keptUntil: 'audit', after: auditKept }];
    for (const { keptUntil, after } of rules) {
      const [[unit, count] = ['', 0]] = Object.entries(after);
      expect(words.get(keptUntil)?.means).toContain(`${count} ${unit}`);
      expect(words.get(keptUntil)?.by).toMatch(/^src\/staff\/\w[\w-]+\.ts$/);
    }
    const told = [...words.keys()].filter((word) => !elsewhere.includes(word));
    expect(new Set(rules.map(({ keptUntil }) => keptUntil))).toEqual(
      new Set(told),
    );
  });
});
