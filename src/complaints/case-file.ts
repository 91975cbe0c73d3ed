import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import type { IsoDay } from '../text/dates';
import type { CategoryCode, Level } from './categories';
import type { ComplaintStatus } from './lifecycle';
import { seenBy, type Officer } from './visibility';

/** A complaint as its page shows it; of its household only that there is one. */
export interface CaseFile {
  id: number;
  reference: string;
  version: number;
  category: CategoryCode;
  subject: string;
  status: ComplaintStatus;
  level: Level;
  origin: string;
  anonymous: boolean;
  retaliation: boolean;
  respondBy: string;
  locale: string;
  proofLevel: string;
  householdId: number | null;
  contactMsisdn: string | null;
  communeCode: string | null;
  commune: string | null;
  village: string | null;
  paymentId: number | null;
  distributionId: number | null;
  proposedAnswer: string | null;
  satisfaction: string | null;
  externalRef: string | null;
  filedAt: Date;
  filedBy: string | null;
  filedChannel: string | null;
  broughtBy: string | null;
  onBehalfOf: string | null;
  dueOn: IsoDay | null;
  escalateOn: IsoDay | null;
  waitingSince: IsoDay | null;
  closedAt: Date | null;
  assignedTo: number | null;
  assignee: string | null;
  namedKind: string | null;
  namedLevel: Level | null;
  namedText: string | null;
  namedAccountId: number | null;
  entryLevel: Level;
  barred: number[];
  decisionCode: string | null;
  amountRestoredXof: number | null;
  appeals: number;
  referralBody: string | null;
  pendingKind: string | null;
  pendingBy: number | null;
  pendingName: string | null;
  pendingAt: Date | null;
  pendingStatus: ComplaintStatus | null;
  pendingAnswer: string | null;
  pendingDecision: string | null;
  pendingAmountXof: number | null;
  pendingInto: number | null;
  pendingCategory: CategoryCode | null;
}

/** A complaint that exists for an account, whole; undefined for all others, there or not. */
export async function readCase(
  { pool }: Pick<Database, 'pool'>,
  officer: Officer,
  reference: string,
): Promise<CaseFile | undefined> {
  const { bind, include, values } = boundValues();
  const { rows } = await pool.query<CaseFile>(
    `select c.id, c.reference, c.version, c.category, c.subject, c.status, c.level, c.origin, c.anonymous, c.retaliation,
      c.respond_by as "respondBy", c.locale, c.proof_level as "proofLevel", c.household_id as "householdId",
      c.contact_msisdn as "contactMsisdn", c.commune_code as "communeCode", unit.name as commune, home.village,
      c.payment_id as "paymentId", c.distribution_id as "distributionId", c.proposed_answer as "proposedAnswer",
      c.satisfaction, c.external_ref as "externalRef", c.filed_at as "filedAt", filer.full_name as "filedBy",
      c.filed_channel as "filedChannel", c.brought_by as "broughtBy", c.on_behalf_of as "onBehalfOf",
      c.due_on as "dueOn", c.escalate_on as "escalateOn", c.waiting_since as "waitingSince", c.closed_at as "closedAt",
      c.assigned_to as "assignedTo", assignee.full_name as assignee, c.named_kind as "namedKind",
      c.named_level as "namedLevel", c.named_text as "namedText",
      c.named_account_id as "namedAccountId", c.entry_level as "entryLevel", c.barred, c.decision_code as "decisionCode",
      c.amount_restored_xof as "amountRestoredXof", c.appeals,
      body.name as "referralBody",
      c.pending_kind as "pendingKind", c.pending_by as "pendingBy", pending.full_name as "pendingName",
      c.pending_at as "pendingAt", c.pending_status as "pendingStatus", c.pending_answer as "pendingAnswer",
      c.pending_decision as "pendingDecision", c.pending_amount_xof as "pendingAmountXof",
      c.pending_into as "pendingInto", c.pending_category as "pendingCategory"
     from complaints c
     left join territory_units unit on unit.code = c.commune_code and unit.valid_to is null
     left join households home on home.id = c.household_id
     left join staff_accounts filer on filer.id = c.filed_by
     left join staff_accounts assignee on assignee.id = c.assigned_to
     left join staff_accounts pending on pending.id = c.pending_by
     left join referral_bodies body on body.id = c.referral_body_id
     where c.reference = ${bind(reference)} and ${include((from) => seenBy(officer, from))}`,
    values,
  );
  return rows[0];
}
