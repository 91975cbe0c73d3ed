import { fold, septetsOrFault } from '../text/gsm7';
import { smsLength } from '../text/segments';
import { placesOf, hasStrayBraces } from '../text/template';
import { mayShow } from '../register/disclosure';
import {
  type LintedDraft,
  type LintedText,
  type LintGround,
  textsIn,
} from './lint-ground';
import { factsOf, textVariants, variableOf } from './campaign-texts';

/** One rule: what it says of a draft, and a text that it refuses beside one that it lets through. */
export interface LintRule {
  name: string;
  /** A warning refuses nothing: it is told to whoever approves. */
  level: 'refuses' | 'warns';
  /** Sentences, each for one text or for the whole draft; none: nothing to say. */
  says: (draft: LintedDraft, ground: LintGround) => Said[];
}

/** One sentence, and which text it is of. */
export interface Said {
  sentence: string;
  locale?: string;
  variant?: LintedText['variant'];
}

/** A rule that looks at each text alone. */
function ofText(
  name: string,
  says: (
    text: LintedText,
    draft: LintedDraft,
    ground: LintGround,
  ) => string | undefined,
): LintRule {
  return {
    ...{ name, level: 'refuses' },
    says: (draft, ground) =>
      textsIn(draft).flatMap((one) => {
        const sentence = says(one, draft, ground);
        return sentence === undefined
          ? []
          : [{ sentence, locale: one.locale, variant: one.variant }];
      }),
  };
}

const quoted = (words: readonly string[]): string =>
  [...new Set(words)].map((word) => `« ${word} »`).join(', ');

/** A text as long as it can become. */
function longest(text: string, { shortCode }: LintGround): string {
  const values: Readonly<Record<string, string>> = {
    ...{ code: shortCode, from: '00/00', to: '00/00/0000' },
    ...{ day: '00/00/0000', amount: '9 999 999 F CFA' },
  };
  return text.replace(
    /\{\{([a-zA-Z][\w.]*)\}\}/g,
    (place, name: string) => values[name] ?? place,
  );
}

/** Letters of the language itself go out as their neighbours: a Bambara text is written as it should be. */
function unexcused(
  { locale, text }: Pick<LintedText, 'locale' | 'text'>,
  { languages }: LintGround,
): string[] {
  const [source] = languages;
  const own = languages.find(({ code }) => code === locale);
  const excused = own === source ? '' : (own?.letters ?? '');
  const measure = septetsOrFault(text.replaceAll(/\{\{[\w.]+\}\}/g, ''));
  return measure.kind === 'fits'
    ? []
    : measure.characters.filter((letter) => !excused.includes(letter));
}

const AMOUNT =
  /\b\d{1,3}(?:[ .,]?\d{3})+\b|\b\d+ ?(?:F|FCFA|francs?|CFA|XOF|dorom[eɛè])(?![\p{L}])|\bwari\s+\d+/iu;
const LINK =
  /https?:|www\.|\b[\w-]+\.(?:com|org|net|ml|ly|info|gl|me|co|io)\b|wa\.me/i;
const DAY =
  /\b\d{1,2}[/.-]\d{1,2}\b|\b\d{1,2}(?:er)? (?:janvier|février|fevrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre)\b/i;
const DIGITS = /\d(?:[ .-]?\d){5,}/;
const HEALTH =
  /\b(?:enceintes?|grossesses?|allait\w*|malnutri\w*|planification familiale|vaccin\w*|vih|sida|contracept\w*|handicap\w*|musotɔgɔlama|kɔnɔma)\b/iu;
const NAME_FIELD = /^(?:.*(?:name|nom|pr[ée]nom|recipient|tɔgɔ).*)$/i;
const PLACE_FIELD = /^(?:.*(?:place|lieu|village|commune|site|point).*)$/i;

/** Every rule of the linter, in the order in which its sentences are told. */
export const lintRules: readonly LintRule[] = [
  {
    ...{ name: 'translation', level: 'refuses' },
    says: ({ texts }, { languages }) =>
      languages.flatMap(({ code, name }) =>
        textVariants
          .filter((variant) => (texts[code]?.[variant] ?? '').trim() === '')
          .map((variant) => ({
            ...{ locale: code, variant },
            sentence: `Le texte ${variant === 'own' ? 'pour le téléphone du ménage' : 'neutre, pour un téléphone partagé,'} manque en ${name}.`,
          })),
      ),
  },
  ofText('firstWord', ({ text }) =>
    /^Jigis[eèɛ]m[eèɛ]jiri\b/.test(text)
      ? undefined
      : "Tout SMS commence par « Jigisèmèjiri »: c'est à ce mot qu'on le reconnaît d'une arnaque.",
  ),
  ofText('letters', (one, _draft, ground) => {
    const outside = unexcused(one, ground);
    if (outside.length === 0) return undefined;
    const now = smsLength(longest(one.text, ground));
    const near = smsLength(fold(longest(one.text, ground), 'gsm7'));
    const swaps = outside.map(
      (letter) => `${letter} → ${fold(letter, 'gsm7')}`,
    );
    return `${quoted(outside)}: ces signes ne sont pas dans l'alphabet des SMS. Le message compterait ${now.segments} partie(s) au lieu de ${near.segments}. Écrivez: ${swaps.join(', ')}.`;
  }),
  ofText('segments', ({ text }, { longBecause }, ground) => {
    const { segments } = smsLength(fold(longest(text, ground), 'gsm7'));
    return segments > 1 && longBecause === undefined
      ? `Ce texte compte ${segments} parties, payées chacune. Raccourcissez-le, ou écrivez pourquoi il doit être long.`
      : undefined;
  }),
  ofText('links', ({ text }) =>
    LINK.test(text)
      ? "Un SMS du programme n'a jamais de lien: les arnaques en ont."
      : undefined,
  ),
  ofText('amounts', ({ text, variant }, { kind }) => {
    if (AMOUNT.test(text))
      return "Un montant est écrit en clair. Il ne peut venir que de {{amount}}, sur le téléphone du ménage qui l'a accepté.";
    const isAllowed = variant === 'own' && kind === 'wave';
    return placesOf(text).includes('amount') && !isAllowed
      ? "{{amount}} n'est permis que pour une vague, dans le texte du téléphone du ménage."
      : undefined;
  }),
  ofText('places', ({ text }, _draft, { places }) => {
    const named = Array.from(places).filter((word) => text.includes(word));
    const fields = placesOf(text).filter((name) => PLACE_FIELD.test(name));
    return named.length + fields.length > 0
      ? `${quoted([...named, ...fields])}: un SMS ne dit pas de lieu. Le lieu se lit au menu, après la carte.`
      : undefined;
  }),
  ofText('names', ({ text }, _draft, { names }) => {
    const named = Array.from(names).filter((word) => text.includes(word));
    const fields = placesOf(text).filter((name) => NAME_FIELD.test(name));
    return named.length + fields.length > 0
      ? `${quoted([...named, ...fields])}: un SMS n'appelle personne par son nom.`
      : undefined;
  }),
  ofText('days', ({ text }) =>
    DAY.test(text)
      ? "Un jour est écrit en clair. Mettez {{from}}, {{to}} ou {{day}}: là où la zone ne le permet pas, l'autre texte part."
      : undefined,
  ),
  ofText('digits', ({ text }) =>
    DIGITS.test(text) && !AMOUNT.test(text)
      ? 'Un numéro est écrit dans le texte. Ni téléphone, ni carte, ni numéro de ménage dans un SMS: {{code}} suffit.'
      : undefined,
  ),
  ofText('health', ({ text }) =>
    HEALTH.test(text)
      ? "Ce texte touche à la santé d'une personne. Rien de tel dans un SMS."
      : undefined,
  ),
  ofText('variables', ({ text, variant }, { kind }) => {
    if (hasStrayBraces(text))
      return "Des accolades restent ouvertes: une variable s'écrit {{code}}.";
    const bad = placesOf(text).filter(
      (name) =>
        !isKnown(name, kind) || (variant === 'shared' && !isForAll(name, kind)),
    );
    // What is told by a rule of its own is not told twice.
    const untold = bad.filter(
      (name) =>
        name !== 'amount' && !NAME_FIELD.test(name) && !PLACE_FIELD.test(name),
    );
    return untold.length > 0
      ? `${quoted(untold)}: cette variable n'existe pas pour cette campagne.`
      : undefined;
  }),
  {
    ...{ name: 'senderName', level: 'refuses' },
    says: (_draft, { senderNames }) =>
      senderNames
        .filter((name) => !/^[A-Za-z0-9 ]{1,11}$/.test(name))
        .map((name) => ({
          sentence: `« ${name} »: un nom d'expéditeur a 11 lettres ou chiffres au plus.`,
        })),
  },
  {
    ...{ name: 'review', level: 'warns' },
    says: ({ texts }, { languages }) =>
      languages
        .slice(1)
        .filter(
          ({ code }) =>
            texts[code] !== undefined && texts[code].reviewedBy === undefined,
        )
        .map(({ code, name }) => ({
          locale: code,
          sentence: `Le texte en ${name} n'a été relu par personne dont c'est la langue.`,
        })),
  },
];

function isKnown(name: string, kind: LintedDraft['kind']): boolean {
  const variable = variableOf(name);
  if (variable === undefined) return false;
  return (
    variable.about === undefined ||
    (kind !== undefined && variable.about.includes(kind))
  );
}

/** Whether it may stand in a text for whoever holds the phone. */
function isForAll(name: string, kind: LintedDraft['kind']): boolean {
  return factsOf(`{{${name}}}`, kind).every((fact) =>
    mayShow(fact, {
      ...{
        channel: 'sms',
        phoneKind: 'relay',
        zone: 'normal',
        consents: false,
      },
    }),
  );
}
