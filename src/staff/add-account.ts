import { inTransaction } from '../runtime/database';
import {
  type AccountDraft,
  type Faults,
  personFaults,
  type Post,
  readPost,
} from './account-draft';
import { recordAudit } from './audit';
import { makeLink } from './one-time-link';
import { normalLogin } from './sign-in';
import type { StaffDesk } from './staff-desk';

/** What became of a new account. */
export type AddedAccount =
  | { kind: 'added'; accountId: number; linkToken: string }
  | { kind: 'faults'; faults: Faults<keyof AccountDraft> };

/**
 * Makes an account that nobody can use until its invitation was opened.
 * @param actor `cli`, or `officer:` and a number
 */
export async function addAccount(
  desk: Pick<StaffDesk, 'db' | 'clock' | 'hashKey'>,
  actor: string,
  draft: AccountDraft,
): Promise<AddedAccount> {
  const read = await readPost(desk.db, draft);
  const faults = {
    ...personFaults(draft),
    ...('faults' in read ? read.faults : {}),
  };
  if (!('post' in read) || Object.keys(faults).length > 0)
    return { kind: 'faults', faults };
  const { post } = read;
  return inTransaction(desk.db, async (tx) => {
    const login = normalLogin(draft.login);
    const made = await tx.staffAccount.createManyAndReturn({
      data: {
        ...{ login, fullName: draft.fullName.trim(), ...columnsOf(post) },
        ...{ locale: 'fr', state: 'invited', createdAt: desk.clock.now() },
      },
      skipDuplicates: true,
      select: { id: true },
    });
    const [account] = made;
    if (account === undefined)
      return {
        kind: 'faults',
        faults: { login: 'Cet identifiant est déjà pris.' },
      };
    const accountId = account.id;
    await recordAudit(tx, {
      ...{ actor, action: 'account.added', subject: `account:${accountId}` },
      details: toldPost(post),
    });
    const linkToken = await makeLink(tx, desk, accountId, 'invitation');
    return { kind: 'added', accountId, linkToken };
  });
}

/** A post as the columns of an account. */
export function columnsOf({ role, territory, providerCode }: Post) {
  return {
    role,
    territoryLevel: territory?.level ?? null,
    territoryCode: territory?.code ?? null,
    providerCode: providerCode ?? null,
  };
}

/** A post as the audit chain tells it. */
export function toldPost({ role, territory, providerCode }: Post) {
  return {
    role,
    territory: territory?.code ?? 'all',
    ...(providerCode !== undefined && { provider: providerCode }),
  };
}
