import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { eventKinds } from '../../src/complaints/event-kinds';
import {
  roomWords,
  saidAction,
  saidDetail,
  saidSubject,
} from '../../src/console/audit-words';
import { packageRoot } from '../../src/runtime/package-root';
import { permissions } from '../../src/staff/roles';

/** The text of every file of `src` that writes into the chain. */
function writers(): string[] {
  const source = path.join(packageRoot, 'src');
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(source, name), 'utf8'))
    .filter((text) => text.includes('recordAudit('));
}

/** Every word with a dot of the files that write into the chain, but for what may be done and what is set in the store. */
function writtenActs(): string[] {
  const acts = writers()
    .flatMap((text) =>
      Array.from(
        text.matchAll(/'([a-z]\w*\.[a-z]\w*)'/gi),
        ([, act]) => act ?? '',
      ),
    )
    .filter(
      (act) => !Object.hasOwn(permissions, act) && !act.startsWith('jigi.'),
    );
  const made = ['approved', 'refused'].map((end) => `phoneChange.${end}`);
  const steps = Object.keys(eventKinds).map((kind) => `complaint.${kind}`);
  return [...new Set([...acts, ...made, ...steps])].sort();
}

test('the journal says every act in French, and every kind of act can be chosen', () => {
  const acts = writtenActs();
  expect(acts.length).toBeGreaterThan(60);
  expect(acts.filter((act) => saidAction(act) === act)).toEqual([]);
  const rooms = new Set(acts.map((act) => act.split('.')[0] ?? ''));
  expect([...rooms].filter((room) => !Object.hasOwn(roomWords, room))).toEqual(
    [],
  );
});

test('whatever an act is done to has a word', () => {
  const kinds = writers().flatMap((text) =>
    Array.from(
      text.matchAll(/subject: [`']([a-z]+):[$a-z]/gi),
      ([, kind]) => kind ?? '',
    ),
  );
  expect(kinds.length).toBeGreaterThan(20);
  expect(
    [...new Set(kinds)].filter(
      (kind) => saidSubject(`${kind}:7`) === `${kind}:7`,
    ),
  ).toEqual([]);
});

test('what an act was done to, and its particulars, are told in words as well', () => {
  expect(saidSubject('complaint:28')).toBe('demande n° 28');
  expect(saidSubject('account:unknown')).toBe('compte inconnu');
  expect(saidSubject('retention:24 months')).toBe('règle 24 months');
  expect(saidSubject('operator:orange')).toBe('opérateur orange');
  expect(saidSubject('unheard:of')).toBe('unheard:of');
  expect(saidDetail('to', 'IN_PROGRESS')).toBe('vers : En cours');
  expect(saidDetail('decision', 'upheld')).toBe('décision : Fondée, réparée');
  expect(saidDetail('stage', 'password')).toBe(
    'étape : mot de passe, le code reste à donner',
  );
  expect(saidDetail('rowsOfTomorrow', '3')).toBe('rowsOfTomorrow : 3');
});
