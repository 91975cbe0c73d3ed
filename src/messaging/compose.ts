import { foldStrict } from '../text/gsm7';
import { smsLength, type Encoding } from '../text/segments';
import type { Values } from '../text/template';
import type { Texts } from '../text/texts';
import { withoutAnswer, type SmsTemplate } from './sms-templates';

/** A text as it goes out, and what it costs. */
export interface ComposedSms {
  template: SmsTemplate;
  /** The language in which it is written: not the one asked for, where that one is not signed yet. */
  locale: string;
  text: string;
  encoding: Encoding;
  segments: number;
}

/** In whose words messages are written. */
export interface SmsWording {
  /** The languages that a phone may have, the first one for those that said nothing. */
  readonly locales: readonly [string, ...string[]];
  /**
   * Fills in a text and folds it to what every network carries. `code` is always there.
   * @throws Error for a template or a value that is missing
   */
  compose(template: SmsTemplate, locale: string, values?: Values): ComposedSms;
}

/** The file of locales that holds the texts. */
const namespace = 'sms';

/** Opens the texts of messages. Until a native reader has signed all of a language, the first one stands for it in production. */
export function openSmsWording(given: {
  texts: Texts;
  shortCode: string;
  allowUnreviewed: boolean;
  /** Whether every network brings answers back: not to a sender that is a name. */
  canBeAnswered?: boolean;
}): SmsWording {
  const { texts, shortCode: code, allowUnreviewed } = given;
  const { canBeAnswered = true } = given;
  const locales = texts.languages.map((language) => language.code);
  const [first = 'fr'] = locales;
  const written = new Set(
    locales.filter(
      (one) =>
        allowUnreviewed || texts.unreviewedKeys(one, [namespace]).length === 0,
    ),
  );
  return {
    locales: [first, ...locales.slice(1)],
    compose(wanted, asked, values = {}) {
      const template = canBeAnswered
        ? wanted
        : (withoutAnswer[wanted] ?? wanted);
      const locale = written.has(asked) ? asked : first;
      const full = texts.t(locale, namespace, template, { ...values, code });
      const text = foldStrict(full, 'gsm7');
      const { encoding, segments } = smsLength(text);
      return { template, locale, text, encoding, segments };
    },
  };
}
