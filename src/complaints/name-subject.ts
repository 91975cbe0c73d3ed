import type { Tx } from '../runtime/database';
import { memberColumns, staffMember } from '../staff/staff-member';
import { foldName } from '../text/fold-name';
import { recountAlert } from './alerts';
import { actOn, type Acted, type AtVersion, type CaseDesk } from './case-desk';
import type { Level } from './categories';
import { deskOf } from './levels';
import { routeAround } from './reroute';
import { takeStep, type CaseChange } from './take-step';
import type { Officer } from './visibility';

/** Whom or what a complaint is about: an account of ours, an agent by the provider's code, or words. */
export type Named =
  | { kind: 'staff'; accountId: number }
  | { kind: 'agent'; code: string; text?: string; level?: Level }
  | { kind: 'person' | 'body'; text: string; level?: Level };

/** Kept; or no such account, or words that are none. */
export type NamedOutcome = Acted | { kind: 'noSuchPerson' };

/**
 * Notes whom a complaint is about. It goes past their level, they never see it, and several about the same agent raise
 * an alert.
 */
export function nameSubject(
  desk: CaseDesk,
  officer: Officer,
  { named, ...at }: AtVersion & { named: Named },
): Promise<NamedOutcome> {
  return actOn(desk, officer, at, 'complaints.work', async (open) => {
    const { complaint } = open;
    const columns = await namedColumns(open.tx, named, complaint.communeCode);
    if (columns === undefined) return { kind: 'noSuchPerson' };
    const { level, change } = routeAround(complaint, {
      // The column's CHECK holds the same list.
      level: (columns.namedLevel ?? undefined) as Level | undefined,
      accountId: columns.namedAccountId ?? undefined,
    });
    const done = await takeStep(open, {
      ...{ kind: 'named', level, change: { ...change, ...columns } },
      details: { named: named.kind },
    });
    await recountAlert(open, complaint.namedKey);
    await recountAlert(open, columns.namedKey);
    return done;
  });
}

type NamedColumns = Required<
  Pick<
    CaseChange,
    'namedKind' | 'namedLevel' | 'namedAccountId' | 'namedKey' | 'namedText'
  >
>;

/** What is kept of whom a complaint names; undefined where there is nobody. */
export async function namedColumns(
  tx: Tx,
  named: Named,
  communeCode: string | null,
): Promise<NamedColumns | undefined> {
  if (named.kind === 'staff') return ofAccount(tx, named.accountId);
  const text = named.text?.trim().slice(0, 200) ?? '';
  const code = named.kind === 'agent' ? named.code.trim().slice(0, 60) : '';
  if (named.kind === 'agent' ? code === '' : text === '') return undefined;
  return {
    ...{ namedKind: named.kind, namedLevel: named.level ?? null },
    namedAccountId: null,
    namedKey:
      named.kind === 'agent'
        ? `agent:${code}`
        : `name:${foldName(text)}@${communeCode ?? ''}`,
    namedText: text === '' ? code : text,
  };
}

async function ofAccount(
  tx: Tx,
  id: number,
): Promise<NamedColumns | undefined> {
  const row = await tx.staffAccount.findUnique({
    where: { id },
    select: memberColumns,
  });
  if (row === null) return undefined;
  const { role, fullName } = staffMember(row);
  return {
    ...{ namedKind: 'staff', namedLevel: deskOf(role)?.level ?? null },
    ...{ namedAccountId: id, namedKey: `account:${id}`, namedText: fullName },
  };
}
