import { fillText, withAmount } from './compose-campaign';
import { fillingOf, type WrittenCampaign } from './campaign-filling';
import { type CampaignDesk, localesOf } from './campaign-desk';
import { longDay } from '../text/dates';

/** What a radio says and a poster shows, for those whom no SMS reaches: drafts, to be read over by people. */
export interface SpokenTexts {
  locale: string;
  radio: string;
  poster: string;
}

/** Drafts a radio and a poster text of a campaign in each of its languages, from the text for any phone. */
export function spokenTexts(
  desk: Pick<CampaignDesk, 'shortCode' | 'languages' | 'clock'>,
  campaign: Pick<
    WrittenCampaign,
    'subjectKind' | 'fromDay' | 'toDay' | 'texts'
  >,
): SpokenTexts[] {
  const { texts, from, to, shortCode } = fillingOf(desk, campaign);
  const days = {
    from: from === null ? '…' : longDay(from),
    day: from === null ? '…' : longDay(from),
    to: to === null ? '…' : longDay(to),
  };
  return localesOf(desk).flatMap((locale) => {
    const shared = texts[locale]?.shared.trim() ?? '';
    if (shared === '') return [];
    const say = (code: string): string =>
      withAmount(fillText(shared, { ...days, code, amount: '…' }), '…');
    // Said sign by sign, and twice: nobody can look at the radio again.
    const radio = say(shortCode.replace(/(?<=.)(?=.)/g, ' '));
    return [{ locale, radio: `${radio}\n${radio}`, poster: say(shortCode) }];
  });
}
