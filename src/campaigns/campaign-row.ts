import type { CampaignState } from './lifecycle';

/** No ceiling of cost is higher, in F CFA. */
export const mostXof = 2_000_000_000;

/** A campaign as the store has it. */
export interface CampaignRow {
  id: number;
  title: string;
  /** announcement, correction, retry, or the kind of its subject. */
  kind: string;
  state: CampaignState;
  /** Who wrote it last; null: the service. */
  authorId: number | null;
  financing: string | null;
  subjectKind: string | null;
  subjectId: number | null;
  fromDay: Date | null;
  toDay: Date | null;
  /** Read by `readAudience`. */
  audience: unknown;
  /** Read by `readTexts`. */
  texts: unknown;
  longBecause: string | null;
  ceilingXof: number;
  failurePercent: number;
  lifeHours: number;
  scheduledAt: Date | null;
  version: number;
  frozenAt: Date | null;
  fingerprint: string | null;
  target: number | null;
  approvedBy: number | null;
  approvedAt: Date | null;
  startedAt: Date | null;
  endedAt: Date | null;
  haltCause: string | null;
  follows: number | null;
  change: string | null;
  createdAt: Date;
}
