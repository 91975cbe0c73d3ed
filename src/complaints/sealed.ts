import type { Clock } from '../runtime/clock';
import { inTransaction } from '../runtime/database';
import type { Database, Tx } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { recordAudit } from '../staff/audit';
import { seizeLine } from './counsellor-line';
import { knowReader, readerSubject } from './known-reader';
import type { Claim, KnownReader } from './known-reader';
import { openText } from './reader-keys';
import { readCase, readNote, writeCase, writeNote } from './sealed-case';
import type { CaseNote, SealedCase } from './sealed-case';
import { sealText } from './seal-text';
import { emptySlots, readSlots, replaceBoxes } from './sealed-slots';

/** A case as a reader sees it, with every slot that holds it: a repeated step may have filled two. */
export type OpenedCase = SealedCase & { slotIds: readonly string[] };

/** What a reading found. */
export interface Reading {
  /** By day, the oldest first; doubles are one. */
  cases: readonly OpenedCase[];
  /** Slots that do not open: altered, or put there by somebody else. */
  unreadable: number;
}

async function openSlots(
  tx: Pick<Tx, 'sealedSlot'>,
  hashKey: string,
  { pair }: KnownReader,
): Promise<Reading> {
  const found = new Map<string, OpenedCase>();
  let unreadable = 0;
  for (const { id, box } of await readSlots(tx, hashKey)) {
    const text = box === undefined ? undefined : await openText(pair, box);
    const kept = text === undefined ? undefined : readCase(text);
    if (text === undefined) unreadable += 1;
    if (kept === undefined) continue;
    const slotIds = [...(found.get(kept.token)?.slotIds ?? []), id];
    found.set(kept.token, { ...kept, slotIds });
  }
  const order = (one: SealedCase): string => `${one.day} ${one.token}`;
  const cases = [...found.values()].sort((a, b) =>
    order(a) < order(b) ? -1 : 1,
  );
  return { cases, unreadable };
}

/** What reading works with. */
export interface ReadingDeps {
  db: Database;
  clock: Clock;
  hashKey: string;
}

/**
 * Opens the cases for whoever says her passphrase.
 * @throws AppError `forbidden` for a wrong passphrase
 */
export async function readSealedCases(
  deps: ReadingDeps,
  claim: Claim,
): Promise<Reading> {
  const reader = await knowReader(deps.db, claim);
  try {
    return await readAs(deps, reader);
  } finally {
    reader.pair.privateKey.fill(0);
  }
}

/**
 * Opens the cases for a reader who is known. That she reads is recorded before she is told
 * anything; how many there are is not.
 */
export async function readAs(
  { db, clock, hashKey }: ReadingDeps,
  reader: KnownReader,
): Promise<Reading> {
  await inTransaction(db, async (tx) => {
    await tx.sealedReader.update({
      where: { id: reader.id },
      data: { seenOn: new Date(clock.today()) },
    });
    await recordReading(tx, reader);
  });
  return openSlots(db.prisma, hashKey, reader);
}

function recordReading(tx: Tx, reader: KnownReader): Promise<void> {
  return recordAudit(tx, {
    ...{ actor: readerSubject(reader), action: 'sealed.read' },
  });
}

/**
 * Keeps what a reader notes of a case, sealed with it. Every slot is written anew with those of the case. The audit tells of
 * a reading: that there was something to note is not for its readers.
 * @returns false for a token of no case
 */
export async function noteAs(
  { db, clock, hashKey }: ReadingDeps,
  reader: KnownReader,
  { token, note }: { token: string; note: CaseNote },
): Promise<boolean> {
  const { publicKey } = reader.pair;
  return inTransaction(db, async (tx) => {
    await seizeLine(tx, clock);
    await recordReading(tx, reader);
    const { cases } = await openSlots(tx, hashKey, reader);
    const found = cases.find((one) => one.token === token);
    if (found === undefined) return false;
    const { slotIds, ...kept } = found;
    const text = writeCase({ ...kept, note: writeNote(note) });
    const boxes = new Map<string, Uint8Array>();
    for (const id of slotIds) boxes.set(id, await sealText(publicKey, text));
    await replaceBoxes(tx, hashKey, boxes);
    return true;
  });
}

/**
 * Destroys cases for whoever says her passphrase.
 * @param tokens as a reading told them
 * @throws AppError `forbidden` for a wrong passphrase, `notFound` for a token of no case
 */
export async function forgetSealedCases(
  deps: ReadingDeps,
  claim: Claim,
  tokens: readonly string[],
): Promise<void> {
  const reader = await knowReader(deps.db, claim);
  try {
    await forgetAs(deps, reader, tokens);
  } finally {
    reader.pair.privateKey.fill(0);
  }
}

/**
 * Destroys cases: their slots are filled as if they had never held any. What is
 * kept is how many, and of how many it was noted that they are linked to the project or were referred, in the audit.
 * @throws AppError `notFound` for a token of no case
 */
export async function forgetAs(
  { db, clock, hashKey }: ReadingDeps,
  reader: KnownReader,
  tokens: readonly string[],
): Promise<void> {
  const { publicKey } = reader.pair;
  await inTransaction(db, async (tx) => {
    // Read while nobody fills: a slot that another reader empties meanwhile may hold a new case.
    await seizeLine(tx, clock);
    const { cases } = await openSlots(tx, hashKey, reader);
    const chosen = chosenCases(cases, tokens);
    const ids = new Set(chosen.flatMap(({ slotIds }) => slotIds));
    await emptySlots(tx, { publicKey, hashKey }, ids);
    const notes = chosen.map(({ note }) => readNote(note));
    await recordAudit(tx, {
      actor: readerSubject(reader),
      action: 'sealed.forgotten',
      details: {
        cases: chosen.length,
        linked: notes.filter(({ linked }) => linked === 'yes').length,
        referred: notes.filter(({ referred }) => referred === 'yes').length,
      },
    });
  });
  // The store keeps old rows in its file until it tidies up; these go now.
  await db.pool.query('vacuum full sealed_slots');
}

/** @throws AppError `notFound` for a token of no case */
function chosenCases(
  cases: readonly OpenedCase[],
  tokens: readonly string[],
): OpenedCase[] {
  return [...new Set(tokens)].map((token) => {
    const one = cases.find((kept) => kept.token === token);
    if (one !== undefined) return one;
    throw new AppError('notFound', `Le dossier ${token} n'existe pas.`);
  });
}
