import { randomUUID } from 'node:crypto';

import type { Tx } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { filling } from './sealed-case';
import { sealText } from './seal-text';
import { slotCover } from './slot-cover';
import { caseMark, freeMark, isFree } from './slot-marks';

/** How slots are made and known: the public key seals what stands in them, the hash key covers it and tells which are free. */
export interface SlotKeys {
  publicKey: Uint8Array;
  hashKey: string;
}

/** Slots are made so many at a time: how many there are says little of how many cases. */
const slotsAtOnce = 64;

/** So many are written anew together: few enough to take no longer than an ordinary call-back. */
const handful = 16;

interface Slot {
  id: string;
  mark: Uint8Array;
  body: Uint8Array;
}

/** What is to stand in a slot: a sealed case, or a filling. */
interface Content {
  id: string;
  box: Uint8Array;
  free: boolean;
}

/** Makes free slots. Their filling is sealed as cases are, and covered as they are. */
export async function addSlots(
  tx: Tx,
  { publicKey, hashKey }: SlotKeys,
): Promise<void> {
  const cover = slotCover(hashKey);
  const data: {
    id: string;
    body: Uint8Array<ArrayBuffer>;
    mark: Uint8Array<ArrayBuffer>;
  }[] = [];
  while (data.length < slotsAtOnce) {
    const id = randomUUID();
    const box = await sealText(publicKey, filling);
    data.push({
      id,
      body: Uint8Array.from(cover.lay(id, box)),
      mark: Uint8Array.from(freeMark(hashKey, id)),
    });
  }
  await tx.sealedSlot.createMany({ data });
}

/** What stands in each slot, its cover taken off; undefined where it does not come off. */
export async function readSlots(
  tx: Pick<Tx, 'sealedSlot'>,
  hashKey: string,
): Promise<{ id: string; box: Uint8Array | undefined }[]> {
  const cover = slotCover(hashKey);
  const slots = await tx.sealedSlot.findMany();
  return slots.map(({ id, body }) => ({ id, box: cover.lift(id, body) }));
}

/**
 * Writes a hand of slots anew, drawn by lot: other covers, other marks, one
 * transaction. A sealed case given takes the place of a filling among them.
 * Without the hash key nobody can tell whether there was one. The caller holds
 * the line (`seizeLine`): what may hold a case is never written over.
 */
export async function rewriteSlots(
  tx: Tx,
  keys: SlotKeys,
  sealedCase?: Uint8Array,
): Promise<void> {
  const { hand, free } = await drawHand(tx, keys);
  const contents = contentsOf(keys.hashKey, hand).filter(
    ({ id }) => sealedCase === undefined || id !== free.id,
  );
  if (sealedCase !== undefined) {
    contents.push({ id: free.id, box: sealedCase, free: false });
  }
  await write(tx, keys.hashKey, contents);
}

/** Puts other boxes in the place of cases, and writes all other slots anew with them. The caller holds the line. */
export async function replaceBoxes(
  tx: Tx,
  hashKey: string,
  boxes: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const contents = contentsOf(hashKey, await allSlots(tx)).map((content) => ({
    ...content,
    box: boxes.get(content.id) ?? content.box,
  }));
  await write(tx, hashKey, contents);
}

/** How many slots are not free: cases that wait, a repeated step twice. Nobody without the hash key can count them. */
export async function countFilled(
  tx: Pick<Tx, 'sealedSlot'>,
  hashKey: string,
): Promise<number> {
  const slots = await tx.sealedSlot.findMany({
    select: { id: true, mark: true },
  });
  return slots.filter((slot) => !isFree(hashKey, slot)).length;
}

/** Makes slots free again, as if they had never held a case, and writes all others anew with them. */
export async function emptySlots(
  tx: Tx,
  { publicKey, hashKey }: SlotKeys,
  ids: ReadonlySet<string>,
): Promise<void> {
  const all = await tx.$queryRaw<Slot[]>`
    select id::text, mark, body from sealed_slots for update`;
  const contents = contentsOf(hashKey, all).filter(({ id }) => !ids.has(id));
  for (const id of ids) {
    contents.push({ id, box: await sealText(publicKey, filling), free: true });
  }
  await write(tx, hashKey, contents);
}

/** Slots by lot, one of which is free at least; more are made where none is. */
async function drawHand(
  tx: Tx,
  keys: SlotKeys,
): Promise<{ hand: Slot[]; free: Slot }> {
  const isOpen = (slot: Slot): boolean => isFree(keys.hashKey, slot);
  const hand = await tx.$queryRaw<Slot[]>`
    select id::text, mark, body from sealed_slots
    order by random() limit ${handful} for update`;
  const near = hand.find(isOpen);
  if (near !== undefined) return { hand, free: near };
  const free =
    (await allSlots(tx)).find(isOpen) ??
    (await addSlots(tx, keys), (await allSlots(tx)).find(isOpen));
  if (free === undefined) {
    throw new AppError('bug', 'a slot that was just made is not free');
  }
  return { hand: [free, ...hand.slice(1)], free };
}

function allSlots(tx: Tx): Promise<Slot[]> {
  return tx.$queryRaw<Slot[]>`
    select id::text, mark, body from sealed_slots order by random() for update`;
}

/** What slots hold; those that were covered under another hash key are left out, and so left as they are. */
function contentsOf(hashKey: string, slots: readonly Slot[]): Content[] {
  const cover = slotCover(hashKey);
  return slots.flatMap((slot) => {
    const box = cover.lift(slot.id, slot.body);
    return box === undefined
      ? []
      : [{ id: slot.id, box, free: isFree(hashKey, slot) }];
  });
}

async function write(
  tx: Tx,
  hashKey: string,
  contents: readonly Content[],
): Promise<void> {
  const cover = slotCover(hashKey);
  const ids = contents.map(({ id }) => id);
  const bodies = contents.map(({ id, box }) =>
    cover.lay(id, box).toString('hex'),
  );
  const marks = contents.map(({ id, free }) =>
    (free ? freeMark(hashKey, id) : caseMark()).toString('hex'),
  );
  await tx.$executeRaw`
    update sealed_slots s set body = decode(n.body, 'hex'), mark = decode(n.mark, 'hex')
    from unnest(${ids}::text[], ${bodies}::text[], ${marks}::text[]) n (id, body, mark)
    where s.id = n.id::uuid`;
}
