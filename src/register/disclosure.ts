/**
 * What may be shown to whom, once and for all channels: every fact about a
 * household passes through this table before a screen, a message or a page can
 * hold it.
 */

/** How far somebody has proved who they are; see docs/privacy.md. */
export type ProofLevel = 'L0' | 'L1b' | 'L1';

/** Whose phone the household's register says it is; `unlinked` when it says nothing. */
export type PhoneKind = 'own' | 'family' | 'neighbour' | 'relay' | 'unlinked';

export type Zone = 'normal' | 'insecure';

/** Through what something is shown: a call, a message, a page of staff, a file for another system. */
export type Channel = 'ussd' | 'sms' | 'page' | 'export';

/** Who is looking at a screen. */
export interface Audience {
  channel?: 'ussd';
  level: ProofLevel;
  phoneKind: PhoneKind;
  zone: Zone;
}

/** Who reads a message: whoever holds the phone, and nobody proves anything. */
export interface MessageAudience {
  channel: 'sms';
  phoneKind: PhoneKind;
  zone: Zone;
  /** The household has agreed to be told more than days by SMS. */
  consents: boolean;
}

/** Who reads a page of staff, or a file that goes to another system. */
export type StaffAudience =
  | {
      channel: 'page';
      /** Asked for this one fact, for a reason, and the view is recorded. */
      onRequest: boolean;
    }
  | { channel: 'export' };

/** The classes of facts about a household. */
export type Fact =
  | 'situation'
  | 'window'
  | 'provider'
  | 'modality'
  | 'place'
  | 'amount'
  | 'months'
  | 'history'
  | 'result'
  | 'receipt'
  | 'duration'
  | 'gathering'
  | 'gatheringDay'
  | 'gatheringPlace'
  | 'works'
  | 'grant'
  | 'alternate'
  | 'complaintStatus'
  | 'freshness'
  | 'recipientName'
  | 'cardNumber'
  | 'otherHouseholds'
  | 'reasonOfBenefit'
  | 'sessionTheme';

/** What opens a fact on a caller's screen. */
interface CallerRule {
  /** The least proof that opens the fact; `never` on a caller's channel. */
  from: 'L1b' | 'L1' | 'never';
  /** In an insecure zone: as elsewhere, on a phone of one's own only, or not at all. */
  insecure: 'same' | 'ownPhone' | 'no';
}

/** What may stand in a message: to any linked phone, to a phone of one's own whose household agreed, or to nobody. */
type MessageRule = 'linked' | 'agreed' | 'nobody';

/** Shown to staff whose work it is; one by one and recorded; or not at all. */
type PageRule = 'open' | 'onRequest' | 'no';

interface ChannelRules extends Record<Channel, unknown> {
  ussd: CallerRule;
  /** In an insecure zone a message holds no more than a caller there may see. */
  sms: MessageRule;
  page: PageRule;
  /** Files hold what the channel knows and the other systems do not; the rest they have. */
  export: 'open' | 'no';
}

/** One line of the table: proof and zone on a screen, then message, page, file. */
function rules(
  from: CallerRule['from'],
  insecure: CallerRule['insecure'],
  sms: MessageRule,
  page: PageRule,
  file: 'open' | 'no',
): ChannelRules {
  return { ussd: { from, insecure }, sms, page, export: file };
}

/** Source: the programme's data protection rules and the levels agreed for this channel. */
export const disclosureRules: Readonly<Record<Fact, ChannelRules>> = {
  situation: rules('L1b', 'same', 'nobody', 'open', 'no'),
  window: rules('L1b', 'same', 'linked', 'open', 'no'),
  provider: rules('L1b', 'same', 'nobody', 'open', 'no'),
  modality: rules('L1b', 'same', 'nobody', 'open', 'no'),
  place: rules('L1b', 'no', 'nobody', 'open', 'no'),
  amount: rules('L1', 'ownPhone', 'agreed', 'open', 'no'),
  months: rules('L1', 'ownPhone', 'nobody', 'open', 'no'),
  history: rules('L1', 'ownPhone', 'nobody', 'open', 'no'),
  result: rules('L1', 'same', 'nobody', 'open', 'no'),
  receipt: rules('L1b', 'same', 'nobody', 'open', 'open'),
  duration: rules('L1', 'same', 'nobody', 'open', 'no'),
  gathering: rules('L1', 'same', 'linked', 'open', 'no'),
  gatheringDay: rules('L1', 'no', 'linked', 'open', 'no'),
  gatheringPlace: rules('L1', 'no', 'nobody', 'open', 'no'),
  works: rules('L1', 'same', 'nobody', 'open', 'no'),
  grant: rules('L1', 'same', 'nobody', 'open', 'no'),
  alternate: rules('L1b', 'same', 'nobody', 'open', 'no'),
  complaintStatus: rules('L1b', 'same', 'nobody', 'open', 'open'),
  freshness: rules('L1b', 'same', 'nobody', 'open', 'no'),
  recipientName: rules('never', 'no', 'nobody', 'open', 'no'),
  cardNumber: rules('never', 'no', 'nobody', 'onRequest', 'no'),
  otherHouseholds: rules('never', 'no', 'nobody', 'onRequest', 'no'),
  reasonOfBenefit: rules('never', 'no', 'nobody', 'no', 'no'),
  sessionTheme: rules('never', 'no', 'nobody', 'no', 'no'),
};

const rank: Readonly<Record<ProofLevel, number>> = { L0: 0, L1b: 1, L1: 2 };

/** Whether this audience may see this class of fact. */
export function mayShow(
  fact: Fact,
  audience: Audience | MessageAudience | StaffAudience,
): boolean {
  const rule = disclosureRules[fact];
  switch (audience.channel) {
    case 'sms':
      return mayWrite(rule, audience);
    case 'page':
      return (
        rule.page === 'open' ||
        (rule.page === 'onRequest' && audience.onRequest)
      );
    case 'export':
      return rule.export === 'open';
    default:
      return mayTell(rule.ussd, audience);
  }
}

function mayTell(rule: CallerRule, audience: Audience): boolean {
  return (
    rule.from !== 'never' &&
    rank[audience.level] >= rank[rule.from] &&
    isSafeIn(rule, audience)
  );
}

function mayWrite({ ussd, sms }: ChannelRules, to: MessageAudience): boolean {
  if (sms === 'nobody' || to.phoneKind === 'unlinked') return false;
  const isAgreed = to.phoneKind === 'own' && to.consents;
  // Of an insecure zone an SMS stays on the phone for whoever takes it: no amount, even on one's own.
  const isSafe = to.zone === 'normal' || ussd.insecure === 'same';
  return (sms === 'linked' || isAgreed) && isSafe;
}

function isSafeIn(
  { insecure }: CallerRule,
  { zone, phoneKind }: Pick<Audience, 'zone' | 'phoneKind'>,
): boolean {
  return (
    zone === 'normal' ||
    insecure === 'same' ||
    (insecure === 'ownPhone' && phoneKind === 'own')
  );
}

/** Passes a value through the table: absent when the audience may not see it, or there is none. */
export type Disclose = <T>(
  fact: Fact,
  value: T | null | undefined,
) => T | undefined;

/** Binds the table to one audience. */
export function discloseTo(audience: Audience): Disclose {
  return (fact, value) =>
    value === null || value === undefined || !mayShow(fact, audience)
      ? undefined
      : value;
}

/** Leaves out what is absent, so that "not shown" and "not known" look alike from here on. */
export function withoutAbsent<T extends object>(
  value: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept: Partial<T> = {};
  for (const name in value) {
    if (value[name] !== undefined) kept[name] = value[name];
  }
  // Only what is absent was left out.
  return kept as { [K in keyof T]: Exclude<T[K], undefined> };
}
