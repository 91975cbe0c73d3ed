import {
  EXPORT_KINDS,
  type ExportKindName,
} from '../../src/exchange/export-kinds';
import { mayShow, type Fact } from '../../src/register/disclosure';

type Column = (typeof EXPORT_KINDS)[ExportKindName]['columns'][number];

/** `key` names a row for the other system; `contact` is what a person gave or chose to be reached by. */
type Class = Fact | 'key' | 'contact' | 'circumstance';

/** The class of every column of every export; a new one does not pass until it has been given one. */
const classes: Readonly<Record<Column, Class>> = {
  event_id: 'key',
  wave_code: 'key',
  household_number: 'key',
  rule_code: 'key',
  distribution_code: 'key',
  reference: 'key',
  external_ref: 'key',
  answer: 'receipt',
  declared_amount_xof: 'receipt',
  asked_for_money: 'receipt',
  category: 'complaintStatus',
  status: 'complaintStatus',
  level: 'complaintStatus',
  pcode: 'complaintStatus',
  filed_at: 'complaintStatus',
  due_at: 'complaintStatus',
  closed_at: 'circumstance',
  proof_level: 'circumstance',
  answered_at: 'circumstance',
  channel: 'circumstance',
  old_phone: 'contact',
  new_phone: 'contact',
  requested_at: 'circumstance',
  approved_at: 'circumstance',
  field: 'circumstance',
  register_value: 'contact',
  chosen_value: 'contact',
  opened_at: 'circumstance',
  settled_at: 'circumstance',
  phone: 'contact',
  call_on: 'circumstance',
  slot: 'contact',
  language: 'contact',
  spoken_code: 'circumstance',
  outcome: 'circumstance',
  prefers_woman: 'contact',
  reason: 'circumstance',
  since: 'circumstance',
};

// Object.keys forgets that they are the names of exports.
const kinds = Object.keys(EXPORT_KINDS) as ExportKindName[];
const notFacts: readonly Class[] = ['key', 'contact', 'circumstance'];

test.each(kinds)('%s hold nothing that may not leave in a file', (kind) => {
  const early = EXPORT_KINDS[kind].columns.filter((column: string) => {
    const found = Object.entries(classes).find(([name]) => name === column);
    if (found === undefined) return true;
    const [, name] = found;
    // What is left is a fact.
    return (
      !notFacts.includes(name) && !mayShow(name as Fact, { channel: 'export' })
    );
  });
  expect(early).toEqual([]);
});

test('only the lists of callers and of numbers hold a number, and no list of requests does', () => {
  const withNumbers = kinds.filter((kind) =>
    EXPORT_KINDS[kind].columns.some((column: string) =>
      /phone|value|msisdn/.test(column),
    ),
  );
  expect(withNumbers).toEqual([
    'phone-changes',
    'corrections',
    'callbacks',
    'unreachable',
  ]);
});
