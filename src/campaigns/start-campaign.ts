import { setGate } from '../messaging/message-gates';
import { nextDecent } from '../messaging/quiet-hours';
import { writeCampaign } from '../messaging/write-campaign';
import { inTransaction } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { formatXof } from '../text/money';
import type { CampaignRow } from './campaign-row';
import { binding, busySql } from './audience-sql';
import { type CampaignDesk } from './campaign-desk';
import { fillingOf, subjectOf } from './campaign-filling';
import {
  type Actor,
  lockCampaign,
  moveCampaign,
  mustHold,
  refusedMove,
} from './change-state';
import {
  amountMark,
  composeCampaign,
  type ComposedRow,
} from './compose-campaign';
import { mustBeWhatWasFrozen } from './decide-campaign';
import { roomy } from './freeze-audience';
import { mayMoveTo } from './lifecycle';
import { nationalMs } from './submit-campaign';

const hourMs = 3_600_000;

/** Sets the hour at which an approved campaign begins by itself. */
export async function scheduleCampaign(
  desk: CampaignDesk,
  actor: Actor,
  id: number,
): Promise<void> {
  mustHold(actor, 'campaigns.prepare');
  await inTransaction(desk.db, async (tx) => {
    const work = { tx, clock: desk.clock };
    const campaign = await lockCampaign(work, id);
    if (campaign.scheduledAt === null)
      throw new AppError(
        'conflict',
        "Cette campagne n'a pas d'heure: lancez-la, ou changez-la et faites-la approuver de nouveau.",
      );
    const move = { to: 'scheduled', kind: 'scheduled', actor } as const;
    await moveCampaign(work, campaign, move);
  });
}

/**
 * Starts an approved campaign: its messages are written by one statement, in the transaction that says that it sends. Two
 * that start it at once: the second finds it started. A process that dies on the way leaves nothing behind.
 * @returns how many messages there are, those that are skipped after all among them
 */
export async function startCampaign(
  desk: CampaignDesk,
  actor: Actor,
  id: number,
): Promise<number> {
  mustHold(actor, 'campaigns.prepare');
  return inTransaction(
    desk.db,
    async (tx) => {
      const work = { tx, clock: desk.clock };
      const campaign = await lockCampaign(work, id);
      if (!mayMoveTo(campaign.state, 'sending') || isUnderWay(campaign))
        throw refusedMove(id, campaign.state);
      await mustBeWhatWasFrozen(work, campaign, campaign.fingerprint);
      await mustBeTrue(desk, campaign);
      const now = desk.clock.now();
      const dueAt = nextDecent(now);
      for (const setting of roomy.split('; '))
        await tx.$executeRawUnsafe(setting);
      const { recipientsSql, values } = recipientsOf(desk, campaign, now);
      const written = await writeCampaign(tx, {
        ...{ campaignId: id, recipientsSql, values, dueAt, now },
        expiresAt: new Date(dueAt.getTime() + campaign.lifeHours * hourMs),
      });
      await setGate(work, id, true);
      await moveCampaign(work, campaign, {
        ...{ to: 'sending', kind: 'started', actor },
        set: { startedAt: now },
        detail: { messages: written },
      });
      return written;
    },
    { timeoutMs: nationalMs },
  );
}

function isUnderWay({ startedAt }: CampaignRow): boolean {
  return startedAt !== null;
}

/** Days that have changed since they were approved are told to nobody. */
async function mustBeTrue(
  desk: CampaignDesk,
  campaign: CampaignRow,
): Promise<void> {
  const subject = await subjectOf(desk, campaign);
  if (subject === undefined || campaign.kind === 'correction') return;
  const { from, to } = fillingOf(desk, campaign);
  if (subject.from !== from || subject.to !== to)
    throw new AppError(
      'conflict',
      "Les dates ont changé depuis l'approbation. Changez la campagne et faites-la approuver de nouveau.",
    );
}

/**
 * SQL of one row a phone with its text, as the phone's holder chose and the register says by now: who changed her mind since
 * is skipped.
 */
function recipientsOf(
  desk: CampaignDesk,
  campaign: CampaignRow,
  now: Date,
): { recipientsSql: string; values: unknown[] } {
  // The statement that writes has four values of its own.
  const { bind, values } = binding(4);
  const filling = fillingOf(desk, campaign);
  const rows = composeCampaign(filling).map((row, _at, all) => ({
    ...row,
    neutral: neutralFor(row, all),
  }));
  const isPersonal = rows.some(({ text }) => text.includes(amountMark));
  const day = bind(now.toISOString().slice(0, 10));
  const owed = isPersonal
    ? `left join lateral (select sum(pay.amount_xof) as amount from payments pay where pay.household_id = r.household_id
        and pay.wave_id = ${bind(campaign.subjectId)}::integer and pay.status = 'planned') owed on true`
    : '';
  const text = isPersonal
    ? `coalesce(replace(t.text, '${amountMark}', ${amountSql('owed.amount')}), t.neutral)`
    : 't.text';
  const recipientsSql = `select r.msisdn, t.written as locale, 'campaign.' || t.variant as template, ${text} as text,
      t.encoding, t.segments,
      case when h.status is distinct from 'active' then 'suspended' when p.sms_on is false then 'optedOut'
        when p.sms_on is null and h.sms_consent is not true then 'noConsent'
        when u.msisdn is not null and t.tells_days then 'stale'
        when busy.msisdn is not null then 'dailyCap' end as skip
    from campaign_recipients r
    join jsonb_to_recordset(${bind(JSON.stringify(rows))}::jsonb) as t (locale text, shared boolean, zone text,
        consents boolean, variant text, written text, text text, neutral text, encoding text, segments smallint, tells_days boolean)
      on t.locale = r.locale and t.shared = r.is_shared and t.zone = r.zone and t.consents = r.consents
    left join households h on h.id = r.household_id
    left join phones p on p.msisdn = r.msisdn
    left join unreachable_phones u on u.msisdn = r.msisdn and u.settled_at is null
    left join (${busySql(day)}) busy on busy.msisdn = r.msisdn
    ${owed}
    where r.campaign_id = ${bind(campaign.id)}::integer and r.is_first`;
  return { recipientsSql, values };
}

/** What is said where no amount is known. */
function neutralFor(row: ComposedRow, all: readonly ComposedRow[]): string {
  const neutral = all.find(
    (one) => one.locale === row.locale && one.zone === row.zone && one.shared,
  );
  return neutral?.text ?? '';
}

/** SQL of an amount as src/text/money.ts writes it. */
function amountSql(amount: string): string {
  return `replace(to_char(${amount}, 'FM999,999,999'), ',', ' ') || '${formatXof(0).slice(1)}'`;
}
