import type { SubjectKind } from './reminder-rules';
import type { Purpose } from './purposes';

/** Where the dates of one kind of subject come from, and whom they concern: SQL of the room that owns them. */
export interface ReminderSource {
  kind: SubjectKind;
  /**
   * Every subject of which something may still be told, today being $1: `subject_id`, `state`, `from_day` and `to_day`
   * (both null unless dated), and `round` for a kind whose subjects have one date for ever.
   */
  factsSql: string;
  /** Whether a subject's dates may change: then its rounds are counted. */
  movable: boolean;
  /**
   * Households concerned, for each purpose, over `due(subject_id, round, from_day, to_day)`: `subject_id`, `round`,
   * `household_id`, `zone` (normal, insecure) and `way` (card, plain: whether the card is to be brought).
   */
  audienceSql: Partial<Record<Purpose, string>>;
  /** `zone` and `way` of a phone that was told before, over `due d` and `told t(msisdn)`. */
  toldGroundSql: string;
  /** By which name staff know subjects: `subject_id` and `name` of those in $1. */
  namesSql: string;
}
