import type { SmsGateway } from '../channels/sms-contract';
import { settleReports, type NamedReport } from '../messaging/settle-reports';
import { Sender } from '../messaging/sender';
import { type SendingHouse, usualLimits } from '../messaging/sending-house';
import { fixedClock } from '../runtime/clock';
import { inSqlTransaction } from '../runtime/sql-transaction';
import { findStaff } from '../staff/find-staff';
import { addDays } from '../text/dates';
import type { CampaignDesk } from './campaign-desk';
import { catalogueTexts } from './catalogue-texts';
import { approveCampaign } from './decide-campaign';
import { draftCampaign } from './draft-campaign';
import { startCampaign } from './start-campaign';
import { submitCampaign } from './submit-campaign';
import { watchCampaigns } from './watch-campaigns';

/** A network of the demo that takes everything and calls nobody. */
const nowhere: SmsGateway = {
  ...{ name: 'demo', mostRecipients: 100, redact: [] },
  reads: { delivery: 'POST' },
  send: ({ recipients }) =>
    Promise.resolve(
      recipients.map(({ id }) => ({
        ...{ id, kind: 'accepted' as const, providerId: `demo-${id}` },
      })),
    ),
  readDelivery: () => ({ kind: 'unreadable', reason: 'none come' }),
};

/**
 * Gives the demo a campaign of yesterday that is done, with its board, and a draft: both made as people would make them, by
 * the demo's own accounts. Without those, or where campaigns are there already, nothing is done.
 */
export async function addDemoCampaigns(
  desk: CampaignDesk,
  parts: Pick<SendingHouse, 'log' | 'metrics'>,
): Promise<void> {
  const author = await findStaff(desk.db, 'communication');
  const approver = await findStaff(desk.db, 'stm');
  if (author === undefined || approver === undefined) return;
  const { prisma } = desk.db;
  // The sender below takes whatever is due: nothing else may be.
  if ((await prisma.campaign.count({ take: 1 })) > 0) return;
  if ((await prisma.message.count({ take: 1 })) > 0) return;
  const clock = fixedClock(`${addDays(desk.clock.today(), -1)}T09:00:00Z`);
  const yesterday = { ...desk, clock };
  const done = await draftCampaign(yesterday, author, {
    title: 'Sikasso: avez-vous été payée?',
    audience: { units: [{ level: 'region', code: 'R-sikasso' }] },
    texts: catalogueTexts(desk, 'payment.unconfirmed'),
    ...{ ceilingXof: 50_000, financing: 'IDA' },
  });
  const fingerprint = await submitCampaign(yesterday, author, done);
  await approveCampaign(yesterday, approver, done, fingerprint);
  await startCampaign(yesterday, author, done);
  await sendNowhere(yesterday, parts);
  clock.advance({ minutes: 5 });
  await reportOf(yesterday, done);
  await watchCampaigns(yesterday, parts.log);
  await draftCampaign(desk, author, {
    title: 'Kita: avez-vous été payée?',
    audience: { units: [{ level: 'cercle', code: 'C-kita' }] },
    texts: catalogueTexts(desk, 'payment.unconfirmed'),
    ...{ ceilingXof: 100_000, financing: 'FA2' },
  });
}

async function sendNowhere(
  { db, clock, prices }: CampaignDesk,
  parts: Pick<SendingHouse, 'log' | 'metrics'>,
): Promise<void> {
  const sender = new Sender({
    ...{ ...parts, db, clock, prices, sender: 'demo' },
    ...{ route: () => [nowhere], limits: usualLimits(10) },
  });
  await sender.tick();
  while ((await sender.fill()).claimed > 0) await sender.settled();
  await sender.leave(1_000);
}

/** Most arrived, some did not, of a few nobody tells. */
async function reportOf(
  { db, clock }: CampaignDesk,
  campaignId: number,
): Promise<void> {
  const { rows } = await db.pool.query<{ id: number }>(
    `select id from messages where purpose = 'campaign.message' and subject_id = $1 and state = 'sent' order by id`,
    [campaignId],
  );
  const reports = rows.flatMap(({ id }): NamedReport[] => {
    if (id % 15 === 0) return [];
    const isLost = id % 9 === 0;
    return [
      {
        ...{ gateway: 'demo', ourId: id, msisdn: null, at: clock.now() },
        providerId: `demo-${id}`,
        state: isLost ? 'failed' : 'delivered',
        reason: isLost ? 'absent' : null,
      },
    ];
  });
  await inSqlTransaction(db, (tx) => settleReports(tx, reports));
}
