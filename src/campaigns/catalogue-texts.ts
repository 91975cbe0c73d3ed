import { foldStrict } from '../text/gsm7';
import { type CampaignDesk, localesOf } from './campaign-desk';
import { campaignVariables, type CampaignTexts } from './campaign-texts';

/**
 * The texts by which reminders tell something, in every language, as a campaign begins from them: their places stay open,
 * and the source language has only letters that cost nothing.
 * @param key of locales/<language>/sms.json, without its last word
 */
export function catalogueTexts(
  desk: Pick<CampaignDesk, 'texts' | 'languages'>,
  key: string,
): CampaignTexts {
  const [source] = localesOf(desk);
  const open = Object.fromEntries(
    campaignVariables.map(({ name }) => [name, `{{${name}}}`]),
  );
  return Object.fromEntries(
    localesOf(desk).map((locale) => {
      const written = (variant: string): string => {
        const text = desk.texts.t(locale, 'sms', `${key}.${variant}`, open);
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
