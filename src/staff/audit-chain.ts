import { createHash } from 'node:crypto';

/** A row of the audit chain, its instant and detail as the store writes them in text. */
export interface ChainRow {
  id: number;
  happenedAt: string;
  actor: string;
  action: string;
  subject: string;
  detail: string;
  previous: string;
  hash: string;
}

/** A row that the chain is known to go on from or to end with. */
export interface ChainMark {
  id: number;
  hash: string;
}

/** Where the chain is broken first. */
export type Breach =
  /** The row is not as it was written, or was put in. */
  | { kind: 'altered'; id: number }
  | { kind: 'missing'; id: number }
  /** The row stands after what the store knows as the end. */
  | { kind: 'unknownEnd'; id: number }
  /** Rows up to this one were taken away before their time, or nothing tells that they were due. */
  | { kind: 'takenEarly'; id: number };

/** A walk along the chain, from its first row to its last, with nothing kept but the row before. */
export interface ChainWalk {
  /** Takes the next row by id; after a breach nothing more may be taken. */
  take(row: ChainRow): Breach | undefined;
  /** Compares the end with what the store knows as the end. */
  end(head: ChainMark | undefined): Breach | undefined;
  checked(): number;
  lastHash(): string;
}

/** What stands before the first row of all. */
const origin: ChainMark = { id: 0, hash: '' };

/** The hash of a row's content and of the hash before it. The same bytes are hashed by the store's `link_audit`. */
export function chainHash(row: Omit<ChainRow, 'hash'>): string {
  const { id, happenedAt, actor, action, subject, detail, previous } = row;
  const fields = [String(id), happenedAt, actor, action, subject, detail];
  const sum = createHash('sha256');
  for (const field of [...fields, previous])
    sum.update(`${Buffer.byteLength(field)}:${field},`);
  return sum.digest('hex');
}

/** @param cutAfter the last row that retention took away, if it ever did */
export function walkChain(cutAfter: ChainMark = origin): ChainWalk {
  let last = cutAfter;
  let checked = 0;
  const take = (row: ChainRow): Breach | undefined => {
    if (row.id !== last.id + 1) return { kind: 'missing', id: last.id + 1 };
    if (chainHash(row) !== row.hash) return { kind: 'altered', id: row.id };
    if (row.previous !== last.hash)
      // A row that is whole in itself bears witness of the one before.
      return checked === 0
        ? { kind: 'altered', id: row.id }
        : { kind: 'altered', id: last.id };
    last = { id: row.id, hash: row.hash };
    checked += 1;
    return undefined;
  };
  const end = (head: ChainMark = origin): Breach | undefined => {
    if (head.id > last.id) return { kind: 'missing', id: last.id + 1 };
    if (head.id < last.id) return { kind: 'unknownEnd', id: head.id + 1 };
    return head.hash === last.hash
      ? undefined
      : { kind: 'altered', id: last.id };
  };
  return {
    ...{ take, end },
    checked: () => checked,
    lastHash: () => last.hash,
  };
}
