import { createInstance, type i18n, type Resource } from 'i18next';
import type { Catalogue } from './read-catalogue';
import { screenPartOf } from './screen-parts';
import { compileTemplate, type Template } from './template';

/** The texts of one screen; a choice is found by its name. */
export interface ScreenText {
  title?: Template;
  /** Line by line, so that a line without its values can be left out. */
  lines: readonly Template[];
  /** What is asked to be typed, on a screen that takes digits. */
  entry?: Template;
  choices: ReadonlyMap<string, Template>;
}

/** Templates and screens by {@link textId}. */
export interface CompiledTexts {
  templates: ReadonlyMap<string, Template>;
  screens: ReadonlyMap<string, ScreenText>;
}

/** Names a text, or a screen, among all: `bm payment:next.text`. */
export function textId(locale: string, namespace: string, key: string): string {
  return `${locale} ${namespace}:${key}`;
}

/**
 * Makes every text of a catalogue ready to be filled in.
 *
 * i18next holds the texts and resolves each key. It takes 4 to 8 µs to give one text, and a
 * screen has six; so each text is resolved once, here, split into its literal parts and its
 * places, and filled in without i18next from then on.
 * @throws Error naming language and key for a text that cannot be resolved or is malformed.
 */
export function compileTexts(catalogue: Catalogue): CompiledTexts {
  const i18next = holdTexts(catalogue);
  const templates = new Map<string, Template>();
  const screens = new Map<string, OpenScreen>();
  for (const [locale, { texts }] of catalogue) {
    for (const [namespace, keys] of texts) {
      for (const key of keys.keys()) {
        const id = textId(locale, namespace, key);
        const text = resolve(i18next, locale, namespace, key);
        const lines = text.split('\n').map((line) => compileTemplate(line, id));
        const template = compileTemplate(text, id);
        templates.set(id, template);
        const prefix = textId(locale, namespace, '');
        addToScreen(screens, prefix, key, { template, lines });
      }
    }
  }
  return { templates, screens };
}

interface OpenScreen extends ScreenText {
  choices: Map<string, Template>;
}

function holdTexts(catalogue: Catalogue): i18n {
  const resources: Resource = Object.fromEntries(
    Array.from(catalogue, ([locale, { documents }]) => [
      locale,
      Object.fromEntries(documents),
    ]),
  );
  const instance = createInstance();
  void instance.init({
    resources,
    initAsync: false,
    fallbackLng: false,
    returnNull: false,
    returnEmptyString: false,
    interpolation: { escapeValue: false },
  });
  return instance;
}

function resolve(i18next: i18n, lng: string, ns: string, key: string): string {
  if (!i18next.exists(key, { lng, ns })) {
    throw new Error(`there is no text "${textId(lng, ns, key)}"`);
  }
  return i18next.t(key, { lng, ns, skipInterpolation: true });
}

function addToScreen(
  screens: Map<string, OpenScreen>,
  prefix: string,
  key: string,
  { template, lines }: { template: Template; lines: readonly Template[] },
): void {
  const place = screenPartOf(key);
  if (place === undefined) return;
  const id = prefix + place.state;
  const screen: OpenScreen = screens.get(id) ?? emptyScreen();
  screens.set(id, screen);
  if (place.part === 'choices') screen.choices.set(place.choice, template);
  else if (place.part === 'text') screen.lines = lines;
  else screen[place.part] = template;
}

function emptyScreen(): OpenScreen {
  return { lines: [], choices: new Map() };
}
