import { withoutAnswer } from '../messaging/sms-templates';
import { foldStrict } from '../text/gsm7';
import { type CampaignDesk, localesOf } from './campaign-desk';
import { campaignVariables, type CampaignTexts } from './campaign-texts';

/**
 * The texts by which reminders tell something, in every language, as a campaign begins from them: their places stay open,
 * and the source language has only letters that cost nothing.
 * @param key of locales/<language>/sms.json, without its last word
 */
export function catalogueTexts(
  desk: Pick<CampaignDesk, 'texts' | 'languages' | 'senderNames'>,
  key: string,
): CampaignTexts {
  const [source] = localesOf(desk);
  const open = Object.fromEntries(
    campaignVariables.map(({ name }) => [name, `{{${name}}}`]),
  );
  return Object.fromEntries(
    localesOf(desk).map((locale) => {
      const written = (variant: string): string => {
        const text = desk.texts.t(
          locale,
          'sms',
          keyOf(desk, key, variant),
          open,
        );
        return locale === source ? foldStrict(text, 'gsm7') : text;
      };
      const isSigned = !desk.texts
        .unreviewedKeys(locale, ['sms'])
        .some((one) => one.startsWith(`sms.${key}.`));
      const own = written('own');
      const shared = written('shared');
      return [
        locale,
        {
          own,
          shared,
          ...(isSigned ? { reviewedBy: 'le catalogue du service' } : {}),
        },
      ];
    }),
  );
}

/** A sender that is a name cannot be answered: then the text that asks for no answer stands for the other. */
function keyOf(
  { senderNames }: Pick<CampaignDesk, 'senderNames'>,
  key: string,
  variant: string,
): string {
  const wanted = `${key}.${variant}`;
  const isName = senderNames.some((name) => !/^\+?\d+$/.test(name));
  const others: Readonly<Record<string, string>> = withoutAnswer;
  return isName ? (others[wanted] ?? wanted) : wanted;
}
