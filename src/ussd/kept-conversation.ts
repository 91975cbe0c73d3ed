import { flows } from '../../flows/index';
import { conversationShape } from './conversation';
import type { Conversation } from './conversation';
import { dossierText, readDossier } from './kept-dossier';
import type { Scene } from './scene';
import { metaOf } from './turn';

/** What was read back. */
export type Opened =
  | { kind: 'usable'; conversation: Conversation }
  /** There is a call, but of another release or under another secret: nobody can go on with it. */
  | { kind: 'outdated' }
  | { kind: 'none' };

/** Two lines of JSON, the dossier first; JSON itself holds no line break. */
function textOf({ dossier, ...rest }: Conversation): string {
  return `${dossierText(dossier)}\n${JSON.stringify(rest)}`;
}

/** Sealed by us and unaltered, but perhaps by a release that writes another form: then undefined. */
function read(text: string): Stored | undefined {
  const end = text.indexOf('\n');
  try {
    const rest = JSON.parse(text.slice(end + 1)) as Omit<Stored, 'dossier'>;
    return { ...rest, dossier: readDossier(text.slice(0, end)) };
  } catch {
    return undefined;
  }
}

/** Seals a conversation for the store; it opens for the same number only. */
export function sealConversation(
  { house, turn }: Scene,
  conversation: Conversation,
): string {
  return house.sealing.encrypt(`ussd ${turn.msisdn}`, textOf(conversation));
}

/** What was stored may be of another release: only its shape is known before it was looked at. */
type Stored = Omit<Conversation, 'shape'> & { shape: number };

function isUsable(stored: Stored): stored is Conversation {
  if (stored.shape !== conversationShape) {
    return false;
  }
  const { position } = stored;
  const flow = Object.hasOwn(flows, position.flow)
    ? flows[position.flow]
    : undefined;
  return (
    flow?.version === position.version &&
    metaOf(flow, position.state) !== undefined
  );
}

/** Opens what the store kept. */
export function openConversation(
  { house, turn }: Scene,
  sealed: string | undefined,
): Opened {
  if (sealed === undefined) {
    return { kind: 'none' };
  }
  const text = house.sealing.decrypt(`ussd ${turn.msisdn}`, sealed);
  const conversation = text === undefined ? undefined : read(text);
  return conversation !== undefined && isUsable(conversation)
    ? { kind: 'usable', conversation }
    : { kind: 'outdated' };
}
