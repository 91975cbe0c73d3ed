import type { MessageState } from '../messaging/lifecycle';
import { rulesOf } from '../messaging/reminder-rules';
import type { DateChange } from './audience';
import type { CampaignSubject } from './campaign-subject';

/** States of a message whose reader may know what it says. */
const toldStates: readonly MessageState[] = [
  ...(['sending', 'sent', 'unknown', 'delivered'] as const),
];

const quoted = (words: readonly string[]): string =>
  words.map((word) => `'${word}'`).join(', ');

/** SQL of the phones that a campaign told, or those that tried its failures again. @param campaign SQL of its id */
export function toldBySql(campaign: string): string {
  return `select told.msisdn from messages told where told.purpose = 'campaign.message'
    and told.subject_id = any(array(with recursive tries (id) as (select ${campaign}::integer
      union select again.id from tries join campaigns again on again.follows = tries.id and again.kind = 'retry')
      select id from tries))
    and told.state in (${quoted(toldStates)})`;
}

/** SQL of the phones that were told anything of a subject: by reminders, or by other campaigns about it. */
export function toldOfSubjectSql(
  { kind, id }: Pick<CampaignSubject, 'kind' | 'id'>,
  bind: (value: unknown) => string,
): string {
  const purposes = rulesOf(kind).map(({ purpose }) => purpose);
  return `select told.msisdn from messages told where told.subject_id = ${bind(id)}::integer
      and told.purpose in (${quoted(purposes)}) and told.state in (${quoted(toldStates)})
    union all
    select told.msisdn from campaigns about join messages told on told.subject_id = about.id
      and told.purpose = 'campaign.message' and told.state in (${quoted(toldStates)})
    where about.subject_kind = ${bind(kind)} and about.subject_id = ${bind(id)}::integer`;
}

/** SQL of the phones that a reminder tells of the newest change of a subject's dates. */
export function remindedSql(
  { kind, id }: Pick<CampaignSubject, 'kind' | 'id'>,
  change: DateChange,
  bind: (value: unknown) => string,
): string {
  return `select told.msisdn from messages told
    where told.subject_id = ${bind(id)}::integer and told.purpose = '${purposeOf(kind, change)}'
      and told.state not in ('cancelled', 'expired', 'failed')
      and told.round = (select max(newest.round) from messages newest where newest.subject_id = ${bind(id)}::integer
        and newest.purpose = '${purposeOf(kind, change)}')`;
}

/** The purpose under which reminders tell a change; also names its texts in locales. */
export function purposeOf(
  kind: CampaignSubject['kind'],
  change: DateChange,
): string {
  return `${kind === 'wave' ? 'payment' : kind}.${change}`;
}
