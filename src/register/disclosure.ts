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

/** Who is looking, through what. */
export interface Audience {
  level: ProofLevel;
  phoneKind: PhoneKind;
  zone: Zone;
}

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

interface Rule {
  /** The least proof that opens the fact; `never` on a caller's channel. */
  from: 'L1b' | 'L1' | 'never';
  /** In an insecure zone: as elsewhere, on a phone of one's own only, or not at all. */
  insecure: 'same' | 'ownPhone' | 'no';
}

/** Source: the programme's data protection rules and the levels agreed for this channel. */
export const disclosureRules: Readonly<Record<Fact, Rule>> = {
  situation: { from: 'L1b', insecure: 'same' },
  window: { from: 'L1b', insecure: 'same' },
  provider: { from: 'L1b', insecure: 'same' },
  modality: { from: 'L1b', insecure: 'same' },
  place: { from: 'L1b', insecure: 'no' },
  amount: { from: 'L1', insecure: 'ownPhone' },
  months: { from: 'L1', insecure: 'ownPhone' },
  history: { from: 'L1', insecure: 'ownPhone' },
  result: { from: 'L1', insecure: 'same' },
  receipt: { from: 'L1b', insecure: 'same' },
  duration: { from: 'L1', insecure: 'same' },
  gathering: { from: 'L1', insecure: 'same' },
  gatheringDay: { from: 'L1', insecure: 'no' },
  gatheringPlace: { from: 'L1', insecure: 'no' },
  works: { from: 'L1', insecure: 'same' },
  grant: { from: 'L1', insecure: 'same' },
  alternate: { from: 'L1b', insecure: 'same' },
  complaintStatus: { from: 'L1b', insecure: 'same' },
  freshness: { from: 'L1b', insecure: 'same' },
  recipientName: { from: 'never', insecure: 'no' },
  cardNumber: { from: 'never', insecure: 'no' },
  otherHouseholds: { from: 'never', insecure: 'no' },
  reasonOfBenefit: { from: 'never', insecure: 'no' },
  sessionTheme: { from: 'never', insecure: 'no' },
};

const rank: Readonly<Record<ProofLevel, number>> = { L0: 0, L1b: 1, L1: 2 };

/** Whether this audience may see this class of fact. */
export function mayShow(fact: Fact, audience: Audience): boolean {
  const rule = disclosureRules[fact];
  if (rule.from === 'never' || rank[audience.level] < rank[rule.from]) {
    return false;
  }
  if (audience.zone === 'normal') {
    return true;
  }
  return (
    rule.insecure === 'same' ||
    (rule.insecure === 'ownPhone' && audience.phoneKind === 'own')
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
  const kept = Object.entries(value).filter(([, held]) => held !== undefined);
  // Object.fromEntries forgets the keys' types; nothing was added.
  return Object.fromEntries(kept) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
