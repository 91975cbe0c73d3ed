/** Why a message stands where it stands; the last word of a closed list, never a gateway's own. */
export const reasons = {
  held: ['quietHours', 'dailyCap', 'planned', 'paused'],
  /** Given back by a sender: it goes again, later. */
  queued: [
    'throttled',
    'unreachable',
    'gatewayError',
    'noBalance',
    'notConfigured',
    'senderGone',
  ],
  unknown: ['noAnswer', 'senderGone', 'unreadableAnswer'],
  failed: [
    'badNumber',
    'rejected',
    'blacklisted',
    'absent',
    'undelivered',
    'noRoute',
    'tooManyAttempts',
    'noBalance',
    'notConfigured',
    'byOfficer',
  ],
  cancelled: [
    'confirmed',
    'moved',
    'subjectCancelled',
    'optedOut',
    'noConsent',
    'stale',
    'sealed',
    'campaignCancelled',
    'dailyCap',
    'suspended',
    'numberChanged',
    'insecureZone',
    'byOfficer',
    'superseded',
  ],
  expired: ['tooLate'],
} as const;

/** A reason of any state. */
export type Reason = (typeof reasons)[keyof typeof reasons][number];
