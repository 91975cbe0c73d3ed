import { flows } from '../../flows/index';
import type { Conversation } from './conversation';
import type { Scene } from './scene';
import { metaOf } from './turn';

/** What was read back: usable, from an older version of the service, or nothing. */
export type Opened =
  | { kind: 'usable'; conversation: Conversation }
  | { kind: 'outdated'; locale: string | undefined }
  | { kind: 'none' };

/** Seals a conversation for the store; it opens for the same number only. */
export function sealConversation(
  { house, phoneKey }: Scene,
  conversation: Conversation,
): string {
  return house.sealing.encrypt(
    `ussd ${phoneKey}`,
    JSON.stringify(conversation),
  );
}

/** What was stored may be of another release. */
type Stored = Omit<Conversation, 'shape'> & { shape: number };

function isUsable(stored: Stored): stored is Conversation {
  const { shape, position } = stored;
  const flow = Object.hasOwn(flows, position.flow)
    ? flows[position.flow]
    : undefined;
  return (
    shape === 1 &&
    flow?.version === position.version &&
    metaOf(flow, position.state) !== undefined
  );
}

/** Opens what the store kept. */
export function openConversation(
  { house, phoneKey }: Scene,
  sealed: string | undefined,
): Opened {
  const text =
    sealed === undefined
      ? undefined
      : house.sealing.decrypt(`ussd ${phoneKey}`, sealed);
  if (text === undefined) {
    return { kind: 'none' };
  }
  // Sealed by us and unaltered: it is what a release of ours wrote.
  const conversation = JSON.parse(text) as Stored;
  return isUsable(conversation)
    ? { kind: 'usable', conversation }
    : { kind: 'outdated', locale: conversation.locale };
}
