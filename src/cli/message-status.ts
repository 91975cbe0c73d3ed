import type { MessageClass } from '../messaging/message-class';
import type {
  GatewayRow,
  QueueDepth,
  UnknownMessage,
} from '../messaging/queries';
import { maskMsisdn } from '../text/msisdn';

const CLASSES: Readonly<Record<MessageClass, string>> = {
  reply: 'réponses',
  complaint: 'demandes',
  reminder: 'rappels',
  campaign: 'campagnes',
};

const STATES: Readonly<Record<string, string>> = {
  held: 'retenus',
  queued: 'en attente',
  sending: "en cours d'envoi",
  unknown: 'au sort inconnu',
};

const FATES: Readonly<Record<string, string>> = {
  held: 'il attend son heure',
  queued: 'il va partir',
  sending: 'il part',
  sent: 'pris par la passerelle',
  delivered: 'remis',
  failed: 'pas arrivé',
  cancelled: 'annulé',
  expired: 'trop tard, pas parti',
};

/** Where one message stands. */
export function toldFate(state: string): string {
  return FATES[state] ?? state;
}

const PAUSES: Readonly<Record<string, string>> = {
  noBalance: 'plus de crédit: rechargez le compte',
  notConfigured: 'compte ou clé refusés: corrigez les réglages',
  staff: 'par un agent',
};

/** What staff read of the queue: a line for each class and state, then what is not as it should be. */
export function toldStatus(status: {
  depth: readonly QueueDepth[];
  gateways: readonly GatewayRow[];
  paused: ReadonlySet<MessageClass>;
  now: Date;
}): string[] {
  const { depth, gateways, paused, now } = status;
  const lines = depth.map(({ class: name, state, count, oldest }) =>
    [
      `${String(count).padStart(8)} ${CLASSES[name]} ${STATES[state] ?? state}`,
      ...(state === 'queued' && oldest < now
        ? [`depuis ${toldAge(now.getTime() - oldest.getTime())} au plus`]
        : []),
    ].join(', '),
  );
  const waiting = Array.from(
    paused,
    (name) => `Suspendu: les ${CLASSES[name]}`,
  );
  const stopped = gateways.flatMap((row) => toldGateway(row, now));
  return [
    ...(lines.length === 0 ? ['Aucun SMS en attente.'] : lines),
    ...[...waiting, ...stopped],
  ];
}

function toldGateway(row: GatewayRow, now: Date): string[] {
  const { gateway, pausedReason, openUntil, failures } = row;
  if (pausedReason !== null)
    return [`Suspendu: ${gateway}, ${PAUSES[pausedReason] ?? pausedReason}`];
  if (openUntil === null || openUntil <= now) return [];
  return [
    `En échec: ${gateway}, ${failures} requêtes de suite; un nouvel essai dans ${toldAge(openUntil.getTime() - now.getTime())}`,
  ];
}

function toldAge(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return "moins d'une minute";
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/** What staff read of messages of which nobody knows whether they arrived; numbers are masked. */
export function toldUnknown(messages: readonly UnknownMessage[]): string[] {
  if (messages.length === 0) return ['Le sort de tous les SMS est connu.'];
  return [
    ...messages.map(({ id, msisdn, purpose, reason, gateway, begunAt }) =>
      [
        `n° ${id}`,
        maskMsisdn(msisdn),
        purpose,
        gateway ?? '-',
        begunAt?.toISOString() ?? '-',
        reason ?? '-',
      ].join('  '),
    ),
    "Demandez à la passerelle, puis: jigi messages settle NUMÉRO --as delivered, sent ou failed. Rien n'est renvoyé.",
  ];
}
