/** What decides whether a household may be told something by a message. */
export interface WritingGround {
  /** The number in force for the household; null: none. */
  msisdn: string | null;
  /** What the phone's holder chose through the channel; null: never asked. It beats the file. */
  smsOn: boolean | null;
  /** What the register says of the household. */
  consents: boolean;
  /** Whether the number no longer answers, or is so new that it may be a stranger's. */
  isStale: boolean;
  /** Whether the message would tell a day. */
  tellsDays: boolean;
  /** Whether some text may be read by whoever holds this phone in this zone: src/register/disclosure.ts. */
  hasText: boolean;
}

/** Why a household is not told by a message; somebody may have to go there. */
export type Refusal =
  'noPhone' | 'insecureZone' | 'optedOut' | 'noConsent' | 'stale';

interface RefusalRule {
  refusal: Refusal;
  holds: (ground: WritingGround) => boolean;
  /** The same over a row with the columns `msisdn`, `sms_on`, `consents`, `is_stale`, `tells_days` and `text`. */
  sql: string;
}

/** Every reason not to write, the first that holds first. For a million households at once it is SQL. */
export const refusalRules: readonly RefusalRule[] = [
  {
    refusal: 'noPhone',
    holds: ({ msisdn }) => msisdn === null,
    sql: 'msisdn is null',
  },
  {
    refusal: 'optedOut',
    holds: ({ smsOn }) => smsOn === false,
    sql: 'sms_on is false',
  },
  {
    refusal: 'noConsent',
    holds: ({ smsOn, consents }) => smsOn === null && !consents,
    sql: 'sms_on is null and not consents',
  },
  {
    refusal: 'insecureZone',
    holds: ({ hasText }) => !hasText,
    sql: 'text is null',
  },
  {
    refusal: 'stale',
    holds: ({ isStale, tellsDays }) => isStale && tellsDays,
    sql: 'is_stale and tells_days',
  },
];

/** Why no message may go, or undefined when one may. */
export function refusalOf(ground: WritingGround): Refusal | undefined {
  return refusalRules.find(({ holds }) => holds(ground))?.refusal;
}

/** SQL of {@link refusalOf}; null when a message may go. */
export const refusalSql = `case ${refusalRules
  .map(({ refusal, sql }) => `when ${sql} then '${refusal}'`)
  .join(' ')} end`;
