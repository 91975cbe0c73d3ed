import { z } from 'zod';
import {
  mayShow,
  type Fact,
  type PhoneKind,
  type Zone,
} from '../register/disclosure';
import { AppError } from '../runtime/errors';
import { placesOf } from '../text/template';
import type { SubjectKind } from './campaign-subject';

/** For whom a text is written: a phone of her own, or any phone, whose reader learns of nobody in particular. */
export const textVariants = ['own', 'shared'] as const;
export type TextVariant = (typeof textVariants)[number];

const text = z.string().max(1_000);
const languageTexts = z.strictObject({
  own: text,
  shared: text,
  /** Who of the native readers has signed it. */
  reviewedBy: z.string().trim().min(2).max(120).optional(),
});

const textsShape = z.record(z.string().regex(/^[a-z]{2,3}$/), languageTexts);

/** The texts of one language. */
export type LanguageTexts = z.infer<typeof languageTexts>;
/** The texts of a campaign by language. */
export type CampaignTexts = z.infer<typeof textsShape>;

/**
 * Reads texts as they were stored or sent.
 * @throws AppError `invalid` with a French sentence
 */
export function readTexts(stored: unknown): CampaignTexts {
  const read = textsShape.safeParse(stored);
  if (read.success) return read.data;
  throw new AppError(
    'invalid',
    'Les textes ne sont pas compris: pour chaque langue, un texte « own » et un texte « shared » de 1 000 signes au plus.',
  );
}

/**
 * Texts as they were changed: who reviewed a language has not read what was written since, and is named anew by whoever
 * asks again.
 */
export function reviewKept(
  before: CampaignTexts,
  after: CampaignTexts,
): CampaignTexts {
  return Object.fromEntries(
    Object.entries(after).map(([locale, { reviewedBy, ...texts }]) => {
      const read = before[locale];
      const isStale =
        read?.reviewedBy === reviewedBy &&
        textVariants.some((variant) => read?.[variant] !== texts[variant]);
      return [
        locale,
        isStale || reviewedBy === undefined ? texts : { ...texts, reviewedBy },
      ];
    }),
  );
}

/** What may be filled into a text. */
export interface CampaignVariable {
  name: string;
  /** What staff read beside it. */
  title: string;
  /** About which subjects it can be told; absent: whatever the campaign is about. */
  about?: readonly SubjectKind[];
  /** What it gives away: src/register/disclosure.ts says to whom it may be told. */
  facts: (kind: SubjectKind | undefined) => readonly Fact[];
  /** Differs from household to household. */
  isPersonal?: true;
}

const dayFacts = (kind: SubjectKind | undefined): readonly Fact[] =>
  kind === 'wave' ? ['window'] : ['gathering', 'gatheringDay'];

/** All that a text may name in double braces; no place, no name and no number is among them. */
export const campaignVariables: readonly CampaignVariable[] = [
  { name: 'code', title: 'le code à composer', facts: () => [] },
  {
    ...{ name: 'from', title: 'le premier jour', about: ['wave'] },
    facts: dayFacts,
  },
  {
    ...{ name: 'to', title: 'le dernier jour', about: ['wave'] },
    facts: dayFacts,
  },
  {
    ...{ name: 'day', title: 'le jour' },
    about: ['distribution', 'session'],
    facts: dayFacts,
  },
  {
    ...{ name: 'amount', title: 'le montant du ménage', about: ['wave'] },
    ...{ facts: () => ['amount'], isPersonal: true },
  },
];

/** The variable of a name; undefined for a word that no text may hold. */
export function variableOf(name: string): CampaignVariable | undefined {
  return campaignVariables.find((one) => one.name === name);
}

/** What a text gives away. */
export function factsOf(
  written: string,
  kind: SubjectKind | undefined,
): Fact[] {
  return placesOf(written).flatMap((name) => [
    ...(variableOf(name)?.facts(kind) ?? []),
  ]);
}

/** A sort of phone, as far as it decides which text it may get. */
export interface PhoneSort {
  shared: boolean;
  zone: Zone;
  consents: boolean;
}

/** Which of the two texts a phone of this sort may get: the one of its own first; undefined: none. */
export function variantFor(
  texts: LanguageTexts,
  kind: SubjectKind | undefined,
  { shared, zone, consents }: PhoneSort,
): TextVariant | undefined {
  const phoneKind: PhoneKind = shared ? 'relay' : 'own';
  return textVariants.find(
    (variant) =>
      (variant === 'shared' || !shared) &&
      factsOf(texts[variant], kind).every((fact) =>
        mayShow(fact, { channel: 'sms', phoneKind, zone, consents }),
      ),
  );
}
