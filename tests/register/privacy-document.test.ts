import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  disclosureRules,
  mayShow,
  type Audience,
  type Fact,
  type MessageAudience,
  type StaffAudience,
} from '../../src/register/disclosure';

const document = readFileSync(
  path.join(__dirname, '../../docs/privacy.md'),
  'utf8',
);

/** The columns of the document's table, in order. */
const columns: readonly Audience[] = [
  { level: 'L0', phoneKind: 'own', zone: 'normal' },
  { level: 'L1b', phoneKind: 'unlinked', zone: 'normal' },
  { level: 'L1b', phoneKind: 'unlinked', zone: 'insecure' },
  { level: 'L1', phoneKind: 'family', zone: 'normal' },
  { level: 'L1', phoneKind: 'own', zone: 'insecure' },
  { level: 'L1', phoneKind: 'relay', zone: 'insecure' },
];

// Object.keys forgets that the keys of the table are facts.
const facts = Object.keys(disclosureRules) as Fact[];

test('docs/privacy.md tells of every fact who sees it, as the code decides', () => {
  const told = Array.from(
    document.matchAll(
      /^\| (\w+) +\|([^|]*[a-z]{4}[^|]*)\|((?: +(?:yes|-) +\|){6})$/gm,
    ),
    ([, fact, meaning = '', cells = '']) => ({
      fact,
      isExplained: meaning.trim() !== '',
      seenBy: cells.split('|').flatMap((cell) => cell.trim() || []),
    }),
  );
  expect(told).toEqual(
    facts.map((fact) => ({
      fact,
      isExplained: true,
      seenBy: columns.map((audience) =>
        mayShow(fact, audience) ? 'yes' : '-',
      ),
    })),
  );
});

/** The columns of the document's second table, in order. */
const otherColumns: readonly (MessageAudience | StaffAudience)[] = [
  ...(['relay', 'own'] as const).flatMap((phoneKind) =>
    (['normal', 'insecure'] as const).map((zone) => ({
      ...{ channel: 'sms' as const, phoneKind, zone },
      consents: phoneKind === 'own',
    })),
  ),
  { channel: 'page', onRequest: false },
  { channel: 'page', onRequest: true },
  { channel: 'export' },
];

test('and of messages, pages and files as well', () => {
  const told = Array.from(
    document.matchAll(/^\| (\w+) +\|((?: +(?:yes|-) +\|){7})$/gm),
    ([, fact, cells = '']) => [
      fact,
      ...cells.split('|').flatMap((cell) => cell.trim() || []),
    ],
  );
  expect(told).toEqual(
    facts.map((fact) => [
      fact,
      ...otherColumns.map((audience) =>
        mayShow(fact, audience) ? 'yes' : '-',
      ),
    ]),
  );
});

test("a normal zone shows the same on one's own and on another's phone", () => {
  const levels = ['L0', 'L1b', 'L1'] as const;
  const differing = facts.filter((fact) =>
    levels.some(
      (level) =>
        mayShow(fact, { level, phoneKind: 'own', zone: 'normal' }) !==
        mayShow(fact, { level, phoneKind: 'relay', zone: 'normal' }),
    ),
  );
  expect(differing).toEqual([]);
});
