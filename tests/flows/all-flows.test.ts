import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { flows } from '../../flows';
import {
  flowNames,
  type FlowEvent,
  type FlowName,
  type ScreenMeta,
} from '../../flows/contract';
import { packageRoot } from '../../src/runtime/package-root';
import { placesOf } from '../../src/text/template';
import { metaOf } from '../../src/ussd/turn';
import { eventsAt, explore, follow, type Visit } from './explore';

const locales = ['fr', 'bm'] as const;
type Locale = (typeof locales)[number];

interface ScreenTexts {
  title?: string;
  text?: string;
  choices?: Record<string, string>;
}

type LocaleFile = Record<string, ScreenTexts>;

/** All that tests found out by walking each flow once. */
const visits = new Map<FlowName, Visit[]>(
  flowNames.map((name) => [name, explore(name)]),
);

function visitsOf(name: FlowName): Visit[] {
  return visits.get(name) ?? [];
}

function readLocale(locale: Locale, namespace: string): unknown {
  const file = path.join(packageRoot, 'locales', locale, `${namespace}.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

function screenTexts(locale: Locale, name: FlowName): LocaleFile {
  // The shape of the file is what these tests check.
  return readLocale(locale, name) as LocaleFile;
}

function statesOf(name: FlowName): string[] {
  return Object.keys(flows[name].machine.states);
}

function eventsOf(name: FlowName, state: string): string[] {
  const events: unknown = flows[name].machine.states[state]?.events;
  return Array.isArray(events) ? events.map(String) : [];
}

function takes(visit: Visit, event: FlowEvent): boolean {
  return follow(visit, event) !== undefined;
}

function nameOf({ flow, position, who }: Visit): string {
  return `${flow.name}.${position.state} (${who})`;
}

/** `<state> <name>` of every value that a flow gives to somebody. */
function valuesGiven(name: FlowName): Set<string> {
  return new Set(
    visitsOf(name).flatMap(({ flow, position, dossier }) =>
      Object.entries(
        flow.values(position.state, { ...position.memory, dossier }),
      )
        .filter(([, value]) => value !== undefined)
        .map(([value]) => `${position.state} ${value}`),
    ),
  );
}

/** The choices that a screen names; the empty name keeps a key for later. */
function choicesOf({ choices = [], keys = {} }: ScreenMeta): string[] {
  return [...choices, ...Object.keys(keys)].filter((choice) => choice !== '');
}

/** States that are screens: they have meta, and do not wait for an answer. */
function screensOf(name: FlowName): [state: string, meta: ScreenMeta][] {
  return statesOf(name).flatMap((state): [string, ScreenMeta][] => {
    const meta = metaOf(flows[name], state);
    return meta === undefined || meta.waits === true ? [] : [[state, meta]];
  });
}

function placesOfScreen({ title = '', text = '', choices = {} }: ScreenTexts) {
  return placesOf([title, text, ...Object.values(choices)].join('\n')).sort();
}

describe.each(flowNames)('the flow %s', (name) => {
  const flow = flows[name];

  test('has its own name and one level of states', () => {
    expect(flow.name).toBe(name);
    expect(flow.machine.id).toBe(name);
    for (const state of Object.values(flow.machine.states)) {
      expect(Object.keys(state.states)).toEqual([]);
    }
  });

  test('handles the choices that it declares, in their order, and no others', () => {
    for (const [state, meta] of screensOf(name)) {
      const handled = eventsOf(name, state).flatMap((type) =>
        type.startsWith('choose.') ? [type.slice('choose.'.length)] : [],
      );
      expect([state, handled]).toEqual([state, choicesOf(meta)]);
    }
  });

  test('has at most six choices, and leaves 0 and 9 to their meaning', () => {
    for (const [, { choices = [], keys = {}, entry = [] }] of screensOf(name)) {
      expect(choices.length).toBeLessThanOrEqual(6);
      expect(Object.values(keys).filter((key) => key !== '9')).toEqual([]);
      expect(entry.filter((length) => length < 2)).toEqual([]);
    }
  });

  test('takes typed digits where, and only where, it declares an entry', () => {
    for (const [state, meta] of screensOf(name)) {
      const takesDigits = eventsOf(name, state).includes('enter');
      expect([state, takesDigits]).toEqual([state, meta.entry !== undefined]);
    }
  });

  test('rests only where it has a screen or waits for an answer', () => {
    for (const { position } of visitsOf(name)) {
      expect(metaOf(flow, position.state)).toBeDefined();
    }
  });

  test('reaches every state from some dossier', () => {
    const reached = new Set(visitsOf(name).map((one) => one.position.state));
    const resting = statesOf(name).filter(
      (state) => metaOf(flow, state) !== undefined,
    );
    expect(resting.filter((state) => !reached.has(state))).toEqual([]);
  });

  test('offers every choice to somebody', () => {
    const missing = new Map(
      screensOf(name).map(([state, meta]) => [state, new Set(choicesOf(meta))]),
    );
    for (const visit of visitsOf(name)) {
      const left = missing.get(visit.position.state) ?? new Set();
      for (const choice of left) {
        if (takes(visit, { type: `choose.${choice}` })) left.delete(choice);
      }
    }
    const never = [...missing].filter(([, left]) => left.size > 0);
    expect(never).toEqual([]);
  });

  test('leaves nobody without a key that leads on, unless the call ends', () => {
    const isDeadEnd = (visit: Visit): boolean => {
      const meta = metaOf(flow, visit.position.state) ?? {};
      const isResting = meta.end !== true && meta.waits !== true;
      return (
        isResting && eventsAt(visit).every((event) => !takes(visit, event))
      );
    };
    expect(visitsOf(name).filter(isDeadEnd).map(nameOf)).toEqual([]);
  });

  test.each(locales)('has a text for exactly its screens, in %s', (locale) => {
    const file = screenTexts(locale, name);
    expect(Object.keys(file).sort()).toEqual(
      screensOf(name)
        .map(([state]) => state)
        .sort(),
    );
    for (const [state, meta] of screensOf(name)) {
      const labels = Object.keys(file[state]?.choices ?? {});
      expect([state, labels.filter((label) => label !== '0').sort()]).toEqual([
        state,
        choicesOf(meta).sort(),
      ]);
      expect(file[state]?.title ?? file[state]?.text).toBeDefined();
    }
  });

  test('asks for the same values in every language, and only for those that it can give', () => {
    const [french, bambara] = locales.map((locale) =>
      screenTexts(locale, name),
    );
    const given = valuesGiven(name);
    for (const [state] of screensOf(name)) {
      const places = placesOfScreen(french?.[state] ?? {});
      expect([state, placesOfScreen(bambara?.[state] ?? {})]).toEqual([
        state,
        places,
      ]);
      const unknown = places.filter((place) => !given.has(`${state} ${place}`));
      expect([state, unknown]).toEqual([state, []]);
    }
  });
});

describe('the words', () => {
  const texts = (locale: Locale): [key: string, text: string][] =>
    readdirSync(path.join(packageRoot, 'locales', locale))
      .map((file) => file.replace(/\.json$/, ''))
      .filter((file) => callerFiles.includes(file))
      .flatMap((file) =>
        Object.entries(flattened(readLocale(locale, file), file)),
      );

  const callerFiles = ['common', ...flowNames];

  test.each([
    ['plainte', /plainte|réclamation/i],
    [
      'whom a ration is for',
      /enceinte|allaitant|nourrisson|bébé|enfant|mois de/i,
    ],
    ['number words for money', /\b(mille|cent|million)\b|dɔrɔmɛ/i],
    ['a promise that it costs nothing', /gratuit|\bfu\b/i],
    ['a secret code', /\bPIN\b|code secret|gundo/i],
    ['letters that phones show as ?', /[’“”«»…–—\u00a0\u202f]/],
  ])('never speak of %s', (_what, pattern) => {
    const all = locales.flatMap(texts);
    expect(all.length).toBeGreaterThan(400);
    expect(all.filter(([, text]) => pattern.test(text))).toEqual([]);
  });

  test('speak to one person: "vous" in French, "i" in Bambara', () => {
    const familiar = /(?<!\p{L})(tu|ton|ta|tes|toi)(?!\p{L})/iu;
    expect(texts('fr').filter(([, text]) => familiar.test(text))).toEqual([]);
    const polite = /(?<!\p{L})aw(?!\p{L})/iu;
    expect(texts('bm').filter(([, text]) => polite.test(text))).toEqual([]);
  });

  test('say before proof nothing about being in the programme', () => {
    const { card, wrong } = screenTexts('fr', 'identity');
    for (const screen of [card, wrong]) {
      expect(screen?.text).not.toMatch(
        /inscrit|programme|ménage|bénéficiaire/i,
      );
    }
  });

  test('are the same keys in both languages, each Bambara one with its review', () => {
    const [french, bambara] = locales.map((locale) =>
      texts(locale).map(([key]) => key),
    );
    expect(bambara).toEqual(french);
    const review = flattened(readLocale('bm', 'review'), '');
    expect(
      bambara?.filter((key) => review[`.${key}.confidence`] === undefined),
    ).toEqual([]);
    const stray = Object.keys(review)
      .flatMap((key) => /^\.(.*)\.confidence$/.exec(key)?.[1] ?? [])
      .filter(
        (key) =>
          callerFiles.includes(key.split('.')[0] ?? '') &&
          bambara?.includes(key) !== true,
      );
    expect(stray).toEqual([]);
  });

  test('of every phrase that a flow may ask for are there', () => {
    const known = new Set(texts('fr').map(([key]) => key));
    const asked = flowNames
      .flatMap(visitsOf)
      .flatMap(({ flow, position, dossier }) =>
        Object.values(
          flow.values(position.state, { ...position.memory, dossier }),
        ),
      )
      .flatMap((value) => (value?.kind === 'phrase' ? [value.key] : []));
    expect(new Set(asked).size).toBeGreaterThan(40);
    expect([...new Set(asked)].filter((key) => !known.has(key))).toEqual([]);
  });
});

/** Texts by their dotted key, below a prefix; what is no text is left out. */
function flattened(held: unknown, prefix: string): Record<string, string> {
  if (typeof held === 'string') return { [prefix]: held };
  if (typeof held !== 'object' || held === null) return {};
  return Object.fromEntries(
    Object.entries(held).flatMap(([name, value]) =>
      Object.entries(flattened(value, `${prefix}.${name}`)),
    ),
  );
}
