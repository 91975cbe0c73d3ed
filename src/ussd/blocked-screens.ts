import type { FlowName } from '../../flows/contract';
import type { Texts } from '../text/texts';

/** Flows whose screens name an amount, or where a wrong word costs money or safety. */
const weightyFlows: readonly FlowName[] = [
  'identity',
  'payment',
  'receipt',
  'complaint',
  'activities',
  // Both call-backs are one flow: one alone in another language would tell which.
  'help',
];

/**
 * The screens that must not be shown in a language because no native reader has
 * signed their texts; they are shown in the first language instead.
 * @returns `<locale> <flow>`; empty where unreviewed texts are allowed
 */
export function blockedScreens(
  texts: Texts,
  allowUnreviewed: boolean,
): ReadonlySet<string> {
  const [, ...translations] = texts.languages;
  return new Set(
    allowUnreviewed
      ? []
      : translations.flatMap(({ code }) =>
          weightyFlows
            .filter(
              (flow) => texts.unreviewedKeys(code, [flow, 'common']).length > 0,
            )
            .map((flow) => `${code} ${flow}`),
        ),
  );
}
