import { queueMessage } from '../messaging/queue-message';
import { testPurpose } from '../messaging/purposes';
import { inTransaction } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { formatXof } from '../text/money';
import { parseMsisdn } from '../text/msisdn';
import type { CampaignDesk } from './campaign-desk';
import { fillingOf } from './campaign-filling';
import {
  type Actor,
  lockCampaign,
  moveCampaign,
  mustHold,
} from './change-state';
import { composeText, withAmount } from './compose-campaign';
import { textVariants } from './campaign-texts';

/** Numbers of staff that one test goes to, at most. */
export const mostTested = 20;

/** What a test shows in the place of an amount. */
const shownXof = 30_000;

/**
 * Sends every text of a campaign to some numbers of staff, at once and at any hour. @returns how many messages that are
 * @throws AppError `invalid` for numbers that cannot be read
 */
export async function sendTest(
  desk: CampaignDesk,
  actor: Actor,
  id: number,
  numbers: readonly string[],
): Promise<number> {
  mustHold(actor, 'campaigns.prepare');
  const parsed = numbers.map((number) => parseMsisdn(number));
  const good = [...new Set(parsed.filter((one) => one !== undefined))];
  if (
    parsed.includes(undefined) ||
    good.length === 0 ||
    good.length > mostTested
  )
    throw new AppError(
      'invalid',
      `Donnez de 1 à ${mostTested} numéros maliens, comme 76 12 34 56. Rien n'est parti.`,
    );
  return inTransaction(desk.db, async (tx) => {
    const work = { tx, clock: desk.clock };
    const campaign = await lockCampaign(work, id);
    const filling = fillingOf(desk, campaign);
    const texts = Object.entries(filling.texts).flatMap(([locale, own]) =>
      textVariants
        .filter((variant) => own[variant].trim() !== '')
        .map((variant) => ({ locale, ...composeText(filling, own, variant) })),
    );
    const before = await tx.campaignEvent.count({
      where: { campaignId: id, kind: 'tested' },
    });
    let sent = 0;
    for (const msisdn of good)
      for (const [
        at,
        { locale, text, variant, encoding, segments },
      ] of texts.entries()) {
        await queueMessage(work, {
          ...{ purpose: testPurpose, subjectId: id, msisdn, lifeHours: 2 },
          // A round for each text of each test: every one is another message.
          round: before * 100 + at,
          sms: {
            ...{ locale, encoding, segments, template: `campaign.${variant}` },
            text: withAmount(text, formatXof(shownXof)),
          },
        });
        sent += 1;
      }
    await moveCampaign(work, campaign, {
      ...{ to: campaign.state, kind: 'tested', actor, mayStay: true },
      detail: { numbers: good.length, messages: sent },
    });
    return sent;
  });
}
