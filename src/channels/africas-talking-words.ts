import type { GatewayFault } from './gateway-error';
import type { DeliveryReport, UndeliveredReason } from './sms-contract';

type Judgement = Pick<GatewayFault, 'failure' | 'begun' | 'ours'>;

/** The word beside each status code of a send, and what it means; `accepted` is not yet delivered. */
export const SEND_CODES: ReadonlyMap<
  number,
  { word: string; means: 'accepted' | Judgement }
> = new Map([
  [100, { word: 'Processed', means: 'accepted' }],
  [101, { word: 'Sent', means: 'accepted' }],
  [102, { word: 'Queued', means: 'accepted' }],
  [401, { word: 'RiskHold', means: no('rejected', 'ours') }],
  [402, { word: 'InvalidSenderId', means: no('notConfigured', 'ours') }],
  [403, { word: 'InvalidPhoneNumber', means: no('badRecipient') }],
  [404, { word: 'UnsupportedNumberType', means: no('badRecipient') }],
  [405, { word: 'InsufficientBalance', means: no('noBalance', 'ours') }],
  [406, { word: 'UserInBlacklist', means: no('barred') }],
  [407, { word: 'CouldNotRoute', means: no('badRecipient') }],
  [409, { word: 'DoNotDisturbRejection', means: no('barred') }],
  [500, { word: 'InternalServerError', means: no('gatewayFault') }],
  [501, { word: 'GatewayError', means: no('gatewayFault') }],
  [502, { word: 'RejectedByGateway', means: no('rejected') }],
]);

/** Delivery statuses; the last two are newer than most libraries. */
export const DELIVERY_STATUSES: ReadonlyMap<
  string,
  Pick<DeliveryReport, 'status' | 'isFinal' | 'reason'>
> = new Map([
  ['Sent', { status: 'sent', isFinal: false }],
  ['Submitted', { status: 'sent', isFinal: false }],
  ['Buffered', { status: 'buffered', isFinal: false }],
  ['Success', { status: 'delivered', isFinal: true }],
  ['Rejected', { status: 'failed', isFinal: true, reason: 'refused' }],
  ['Failed', { status: 'failed', isFinal: true, reason: 'unspecified' }],
  ['AbsentSubscriber', { status: 'failed', isFinal: true, reason: 'absent' }],
  ['Expired', { status: 'failed', isFinal: true, reason: 'expired' }],
]);

/** Reasons beside `Rejected` and `Failed`; one is misspelt by the gateway, so both spellings count. */
export const FAILURE_REASONS: ReadonlyMap<string, UndeliveredReason> = new Map([
  ['InsufficientCredit', 'noBalance'],
  ['InvalidLinkId', 'refused'],
  ['UserIsInactive', 'absent'],
  ['UserInBlackList', 'barred'],
  ['UserInBlacklist', 'barred'],
  ['UserAccountSuspended', 'barred'],
  ['NotNetworkSubcriber', 'noSuchNumber'],
  ['NotNetworkSubscriber', 'noSuchNumber'],
  ['UserNotSubscribedToProduct', 'refused'],
  ['UserDoesNotExist', 'noSuchNumber'],
  ['DeliveryFailure', 'unspecified'],
  ['DoNotDisturbRejection', 'barred'],
]);

function no(failure: GatewayFault['failure'], whose?: 'ours'): Judgement {
  return { failure, begun: 'no', ours: whose === 'ours' };
}
