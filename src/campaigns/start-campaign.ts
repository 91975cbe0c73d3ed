import { setGate } from '../messaging/message-gates';
import { nextDecent } from '../messaging/quiet-hours';
import { writeCampaign } from '../messaging/write-campaign';
import { inTransaction } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { formatXof } from '../text/money';
import type { CampaignRow } from './campaign-row';
import { binding, busySql, insecureSql } from './audience-sql';
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
      const { recipientsSql, values } = recipientsOf(desk, campaign, dueAt);
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
 * SQL of one row a phone with its text, as the phone's holder chose and the register says by now. Who changed her mind
 * since is skipped, and so is a number that is no longer the household's; a phone that has become another's too, or a
 * zone that is no longer safe, reads what such phones read.
 * @param dueAt when the messages go: its day is the one whose cap they count for
 */
function recipientsOf(
  desk: CampaignDesk,
  campaign: CampaignRow,
  dueAt: Date,
): { recipientsSql: string; values: unknown[] } {
  // The statement that writes has four values of its own.
  const { bind, values } = binding(4);
  const filling = fillingOf(desk, campaign);
  const rows = composeCampaign(filling).map((row, _at, all) => ({
    ...row,
    neutral: neutralFor(row, all),
  }));
  const isPersonal = rows.some(({ text }) => text.includes(amountMark));
  const day = bind(dueAt.toISOString().slice(0, 10));
  const id = `${bind(campaign.id)}::integer`;
  const owed = isPersonal
    ? `left join lateral (select sum(pay.amount_xof) as amount from payments pay where pay.household_id = r.household_id
        and pay.wave_id = ${bind(campaign.subjectId)}::integer and pay.status = 'planned') owed on true`
    : '';
  const text = isPersonal
    ? `coalesce(replace(t.text, '${amountMark}', ${amountSql('owed.amount')}), t.neutral)`
    : 't.text';
  const recipientsSql = `select r.msisdn, coalesce(t.written, r.locale) as locale,
      coalesce('campaign.' || t.variant, 'campaign') as template, ${text} as text,
      coalesce(t.encoding, 'gsm7') as encoding, coalesce(t.segments, 1) as segments,
      case when held.msisdn is null then 'numberChanged' when h.status is distinct from 'active' then 'suspended' when p.sms_on is false then 'optedOut'
        when p.sms_on is null and h.sms_consent is not true then 'noConsent'
        when t.locale is null then 'insecureZone' when u.msisdn is not null and t.tells_days then 'stale'
        when busy.msisdn is not null then 'dailyCap' end as skip
    from campaign_recipients r
    left join (${heldSql(id)}) held
      on held.msisdn = r.msisdn and (r.is_shared or r.household_id = any(held.households))
    left join jsonb_to_recordset(${bind(JSON.stringify(rows))}::jsonb) as t (locale text, shared boolean, zone text,
        consents boolean, variant text, written text, text text, neutral text, encoding text, segments smallint, tells_days boolean)
      on t.locale = r.locale and t.shared = (r.is_shared or held.is_shared) and t.consents = r.consents
        and t.zone = case when held.is_insecure then 'insecure' else r.zone end
    left join households h on h.id = r.household_id
    left join phones p on p.msisdn = r.msisdn
    left join unreachable_phones u on u.msisdn = r.msisdn and u.settled_at is null
    left join (${busySql(day)}) busy on busy.msisdn = r.msisdn
    ${owed}
    where r.campaign_id = ${id} and r.is_first`;
  return { recipientsSql, values };
}

/**
 * SQL of the numbers of an audience that are still some household's of it: `msisdn`, these `households`, and what the
 * numbers are by now, `is_shared` and `is_insecure`.
 */
function heldSql(campaignId: string): string {
  return `select link.msisdn, array_agg(own.household_id) as households,
      bool_or(link.kind <> 'own') or count(*) > 1 as is_shared,
      bool_or(insecure.household_id is not null) as is_insecure
    from phone_links link
    left join (${insecureSql} group by pay.household_id) insecure using (household_id)
    left join campaign_recipients own on own.campaign_id = ${campaignId} and own.household_id = link.household_id
      and own.msisdn = link.msisdn and own.reason is null
    where link.ended_at is null
    group by link.msisdn
    having count(own.household_id) > 0`;
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
