import type { Database } from '../runtime/database';
import { AppError } from '../runtime/errors';
import type { CampaignRow } from './campaign-row';
import type { CampaignState } from './lifecycle';

/** A line of the list. */
export interface ListedCampaign {
  id: number;
  title: string;
  kind: string;
  state: CampaignState;
  author: string | null;
  target: number | null;
  haltCause: string | null;
  scheduledAt: Date | null;
  createdAt: Date;
}

/** Campaigns, the newest first. @param state only those */
export async function listCampaigns(
  { pool }: Pick<Database, 'pool'>,
  { state, page = 1, perPage = 50, skip = (page - 1) * perPage }: ListWish = {},
): Promise<ListedCampaign[]> {
  const { rows } = await pool.query<ListedCampaign>(
    `select c.id, c.title, c.kind, c.state, a.full_name as author, c.target, c.halt_cause as "haltCause",
       c.scheduled_at as "scheduledAt", c.created_at as "createdAt"
     from campaigns c left join staff_accounts a on a.id = c.author_id
     where $1::text is null or c.state = $1 order by c.id desc limit $2 offset $3`,
    [state ?? null, perPage, skip],
  );
  return rows;
}

/** Which part of the list. */
export interface ListWish {
  state?: CampaignState | undefined;
  page?: number;
  perPage?: number;
  /** Lines before the first, where pages do not say it. */
  skip?: number;
}

/** One campaign. @throws AppError `notFound` */
export async function findCampaign(
  { prisma }: Pick<Database, 'prisma'>,
  id: number,
): Promise<CampaignRow> {
  const found = await prisma.campaign.findUnique({ where: { id } });
  if (found === null)
    throw new AppError('notFound', `Il n'y a pas de campagne ${id}.`);
  // The store's CHECK holds the closed list.
  return { ...found, state: found.state as CampaignState };
}

/** What happened to a campaign, with who did it. */
export interface CampaignHistory {
  kind: string;
  fromState: string;
  toState: string;
  /** null: the service. */
  actor: string | null;
  detail: unknown;
  happenedAt: Date;
}

/** The history of a campaign, from its beginning. */
export async function campaignHistory(
  { pool }: Pick<Database, 'pool'>,
  id: number,
): Promise<CampaignHistory[]> {
  const { rows } = await pool.query<CampaignHistory>(
    `select e.kind, e.from_state as "fromState", e.to_state as "toState", a.full_name as actor, e.detail,
       e.happened_at as "happenedAt"
     from campaign_events e left join staff_accounts a on a.id = e.actor_id
     where e.campaign_id = $1 order by e.id`,
    [id],
  );
  return rows;
}
