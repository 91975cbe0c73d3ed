import type { SubjectKind } from './campaign-subject';
import {
  textVariants,
  type CampaignTexts,
  type TextVariant,
} from './campaign-texts';

/** What is judged: the texts, and what was said of them. */
export interface LintedDraft {
  texts: CampaignTexts;
  kind: SubjectKind | undefined;
  /** Why more than one segment is needed. */
  longBecause: string | undefined;
}

/** What texts are judged by. */
export interface LintGround {
  /** The source language first. */
  languages: readonly { code: string; name: string; letters: string }[];
  /** Words that are a place of the territory, or the name of somebody of the register: as they stand in the texts. */
  places: ReadonlySet<string>;
  names: ReadonlySet<string>;
  /** Names that gateways show as sender. */
  senderNames: readonly string[];
  shortCode: string;
}

/** One text of a draft. */
export interface LintedText {
  locale: string;
  variant: TextVariant;
  text: string;
}

/** The texts of a draft that say something. */
export function textsIn({ texts }: Pick<LintedDraft, 'texts'>): LintedText[] {
  return Object.entries(texts).flatMap(([locale, own]) =>
    textVariants
      .map((variant) => ({ locale, variant, text: own[variant] }))
      .filter(({ text }) => text.trim() !== ''),
  );
}

/** A word that begins with a capital, or two of them in a row, as they stand: they may name a place or a person. */
export interface NamingWord {
  word: string;
  /** Where a sentence begins every word has a capital. */
  opens: boolean;
}

/** The words of a text that may name a place or a person. */
export function namingWords(text: string): NamingWord[] {
  const capital = String.raw`(?<![\p{L}{])\p{Lu}[\p{L}'’-]`;
  const found = [
    ...text.matchAll(new RegExp(`${capital}{2,}`, 'gu')),
    ...text.matchAll(new RegExp(`${capital}+ \\p{Lu}[\\p{L}'’-]+`, 'gu')),
  ];
  return found.map(({ 0: word, index }) => ({
    word,
    opens: /(?:^|[.!?:]\s*)$/u.test(text.slice(0, index)),
  }));
}
