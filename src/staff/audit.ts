import type { Tx } from '../runtime/database';

/** One act to be remembered. Never a name, a phone or card number, or a text that somebody wrote. */
export interface AuditedAct {
  /** The account or part of the service that acted, such as `cli` or `officer:12`. */
  actor: string;
  /** What was done, as room and verb: `import.done`. */
  action: string;
  /** What it was done to, as a kind and a number, or a word of a list: `import:7`, `retention:person`. */
  subject?: string;
  /** What else an auditor needs. */
  details?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Appends an act to the audit chain, within the transaction of the act: both are
 * kept, or neither. The store links it to the entry before when the transaction
 * commits, so nobody waits for it until then. Decision: ADR 0013.
 */
export async function recordAudit(tx: Tx, entry: AuditedAct): Promise<void> {
  const { actor, action, subject = '', details = {} } = entry;
  await tx.auditDraft.create({
    data: { actor, action, subject, detail: details },
    select: { id: true },
  });
}
