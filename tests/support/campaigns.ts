import type { CampaignDesk } from '../../src/campaigns/campaign-desk';
import { approveCampaign } from '../../src/campaigns/decide-campaign';
import {
  draftCampaign,
  type CampaignDraft,
} from '../../src/campaigns/draft-campaign';
import { startCampaign } from '../../src/campaigns/start-campaign';
import { submitCampaign } from '../../src/campaigns/submit-campaign';
import { USUAL_PRICES } from '../../src/messaging/price-table';
import {
  fixedClock,
  type FixedClock,
  systemClock,
} from '../../src/runtime/clock';
import type { Database } from '../../src/runtime/database';
import { packageRoot } from '../../src/runtime/package-root';
import type { StaffMember } from '../../src/staff/staff-member';
import { openTexts } from '../../src/text/texts';

const texts = openTexts({ root: packageRoot });

/** A desk on a clock that stands still: Thursday 12 March 2026, nine in the morning. */
export interface TestCampaignDesk extends CampaignDesk {
  clock: FixedClock;
}

export function campaignDesk(db: Database): TestCampaignDesk {
  return {
    ...{ db, texts, languages: texts.languages, shortCode: '*384*55#' },
    clock: fixedClock('2026-03-12T09:00:00Z'),
    ...{ senderNames: ['Jigi'], prices: USUAL_PRICES },
    wayOf: () => ({ gateway: 'played', perSecond: 50 }),
  };
}

/** Somebody of the staff, as use cases know her. */
export type Officer = Pick<StaffMember, 'id' | 'role' | 'state'>;

export const author: Officer = {
  id: 1,
  role: 'communication',
  state: 'active',
};
export const approver: Officer = { id: 2, role: 'stm', state: 'active' };
export const another: Officer = { id: 3, role: 'stm', state: 'active' };

/** Texts that the linter lets through. */
export const goodTexts = {
  fr: {
    own: 'Jigisèmèjiri: des nouvelles vous attendent. Composez {{code}} menu 1.',
    shared: 'Jigisèmèjiri: des nouvelles attendent chacun. Composez {{code}}.',
  },
  bm: {
    own: 'Jigisɛmɛjiri: kibaruya bɛ yen i ye. {{code}} menu 1.',
    shared: 'Jigisɛmɛjiri: kibaruya bɛ yen. {{code}}.',
  },
};

/** A draft that may be submitted. */
export function aDraft(given: Partial<CampaignDraft> = {}): CampaignDraft {
  return {
    ...{ title: 'Nouvelles de mars', audience: {}, texts: goodTexts },
    ...{ ceilingXof: 1_000_000, ...given },
  };
}

/** Drafts, submits and approves. @returns its number */
export async function anApproved(
  desk: CampaignDesk,
  given: Partial<CampaignDraft> = {},
): Promise<number> {
  const id = await draftCampaign(desk, author, aDraft(given));
  const fingerprint = await submitCampaign(desk, author, id);
  await approveCampaign(desk, approver, id, fingerprint);
  return id;
}

/** {@link anApproved}, started. @returns its number */
export async function aStarted(
  desk: CampaignDesk,
  given: Partial<CampaignDraft> = {},
): Promise<number> {
  const id = await anApproved(desk, given);
  await startCampaign(desk, author, id);
  return id;
}

/** Households that consent, each with a phone of her own, +22370000001 and on, or on from another number. */
export async function aCrowd(
  { pool }: Pick<Database, 'pool'>,
  count: number,
  from = 1,
): Promise<void> {
  await pool.query(
    `with homes as (insert into households (household_number, card_number, card_check, commune_code, village, village_key,
        recipient_first_name, recipient_last_name, recipient_sex, sms_consent, status, updated_at, imported_at)
      select 'H-' || n, (10000000 + n)::text, '11', 'ML1', 'Sanakoro', 'sanakoro', 'Canarie', 'Secrète', 'F', true, 'active',
        now(), now() from generate_series($1::int, $2::int) n
      returning id, household_number)
    insert into phone_links (household_id, msisdn, kind, origin, started_at)
    select id, '+' || (22370000000 + substr(household_number, 3)::bigint), 'own', 'register', '2026-01-01' from homes`,
    [from, from + count - 1],
  );
}

/** A campaign to so many phones that goes now, whatever the hour of the machine. @returns its desk and number */
export async function aCampaignNow(
  db: Database,
  phones: number,
): Promise<{ desk: CampaignDesk; id: number }> {
  await aCrowd(db, phones);
  const desk = { ...campaignDesk(db), clock: systemClock() };
  const id = await aStarted(desk);
  await db.pool.query(
    `update message_gates set any_hour = true where subject_id = $1`,
    [id],
  );
  await db.pool.query(
    `update messages set due_at = now() - interval '1 second'`,
  );
  return { desk, id };
}
