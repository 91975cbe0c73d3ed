import { queueMessage } from '../messaging/queue-message';
import { testPurpose } from '../messaging/purposes';
import { inTransaction, type Tx } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { bamakoDay } from '../text/dates';
import { formatXof } from '../text/money';
import { parseMsisdn } from '../text/msisdn';
import type { CampaignDesk } from './campaign-desk';
import { fillingOf } from './campaign-filling';
import {
  type Actor,
  type CampaignWork,
  lockCampaign,
  moveCampaign,
  mustHold,
} from './change-state';
import { composeText, withAmount } from './compose-campaign';
import { textVariants } from './campaign-texts';
import { isRefused } from './lint-campaign';
import { lintOf, refusedTexts } from './submit-campaign';

/** Numbers of staff that one test goes to, at most. */
export const mostTested = 20;

/** Tests of one campaign on one day, at most. */
export const mostTests = 10;

/** What a test shows in the place of an amount. */
const shownXof = 30_000;

/**
 * Sends every text of a campaign to some numbers of staff, at once and at any hour; a phone that said STOP gets none.
 * @returns how many messages that are
 * @throws AppError `invalid` for numbers that cannot be read or that are a household's, and for texts that the linter
 * refuses; `conflict` after so many tests of a day
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
    await mustBeStaff(tx, good);
    const findings = await lintOf(desk, campaign);
    if (isRefused(findings))
      throw refusedTexts(findings, "L'essai n'est pas parti");
    await mustBeFew(work, id);
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
        const queued = await queueMessage(work, {
          ...{ purpose: testPurpose, subjectId: id, msisdn, lifeHours: 2 },
          // A round for each text of each test: every one is another message.
          round: before * 100 + at,
          sms: {
            ...{ locale, encoding, segments, template: `campaign.${variant}` },
            text: withAmount(text, formatXof(shownXof)),
          },
        });
        if (queued === 'written') sent += 1;
      }
    await moveCampaign(work, campaign, {
      ...{ to: campaign.state, kind: 'tested', actor, mayStay: true },
      detail: { numbers: good.length, messages: sent },
    });
    return sent;
  });
}

/** What is tried is not sent to those whom it is for. */
async function mustBeStaff(tx: Tx, numbers: string[]): Promise<void> {
  const linked = await tx.phoneLink.count({
    where: { msisdn: { in: numbers }, endedAt: null },
  });
  if (linked > 0)
    throw new AppError(
      'invalid',
      "Un de ces numéros est celui d'un ménage: un essai va au personnel seulement. Rien n'est parti.",
    );
}

async function mustBeFew({ tx, clock }: CampaignWork, campaignId: number) {
  const tests = await tx.campaignEvent.count({
    where: {
      ...{ campaignId, kind: 'tested' },
      happenedAt: { gte: new Date(bamakoDay(clock.now())) },
    },
  });
  if (tests >= mostTests)
    throw new AppError(
      'conflict',
      `Cette campagne a été essayée ${mostTests} fois aujourd'hui: attendez demain. Rien n'est parti.`,
    );
}
