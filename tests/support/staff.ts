import { type FixedClock, fixedClock } from '../../src/runtime/clock';
import type { Database } from '../../src/runtime/database';
import { addAccount } from '../../src/staff/add-account';
import type { AccountDraft } from '../../src/staff/account-draft';
import { useLink } from '../../src/staff/one-time-link';
import { sealedSecret } from '../../src/staff/second-factor';
import { staffDesk, type StaffDesk } from '../../src/staff/staff-desk';
import { newTotpSecret, totpCode } from '../../src/staff/totp';

/** Long, and no word of any list. */
export const password = 'sept baobabs sous la lune';

/** A desk on a clock that stands still. */
export interface TestDesk extends StaffDesk {
  clock: FixedClock;
}

export function testDesk(db: Database, demo = false): TestDesk {
  const clock = fixedClock('2026-03-12T09:00:00Z');
  return { ...staffDesk({ db, clock, hashKey: 'k'.repeat(32), demo }), clock };
}

/** An account that somebody has opened, with her phone's codes where a second factor is set up. */
export interface OpenedAccount {
  id: number;
  login: string;
  /** What her phone shows now; half a minute later it is another. */
  code(): string;
}

/** Makes an account, opens its invitation and sets up its second factor. */
export async function anAccount(
  desk: StaffDesk,
  draft: Partial<AccountDraft> & { role: string },
  secondFactor = true,
): Promise<OpenedAccount> {
  const login = draft.login ?? draft.role.toLowerCase();
  const whole = { fullName: `Nom ${login}`, territory: '', provider: '' };
  const added = await addAccount(desk, 'cli', { ...whole, ...draft, login });
  if (added.kind === 'faults') throw new Error(JSON.stringify(added.faults));
  await useLink(desk, added.linkToken, password);
  const id = added.accountId;
  const secret = newTotpSecret();
  if (secondFactor)
    await desk.db.prisma.staffAccount.update({
      where: { id },
      data: {
        totpSecret: sealedSecret(desk, id, secret),
        ...{ totpSince: desk.clock.now(), totpStep: 0 },
      },
    });
  return { id, login, code: () => totpCode(secret, desk.clock.now()) };
}

/** A region, two cercles and two communes, as short as a territory can be. */
export async function aTerritory(db: Database): Promise<void> {
  await db.pool.query(
    `insert into territory_units (code, level, name, parent_code, valid_from) values
      ('R-1', 'region', 'Kayes', null, '2000-01-01'),
      ('C-1', 'cercle', 'Kita', 'R-1', '2000-01-01'), ('C-2', 'cercle', 'Nioro', 'R-1', '2000-01-01'),
      ('ML1', 'commune', 'Kita Ouest', 'C-1', '2000-01-01'), ('ML2', 'commune', 'Nioro', 'C-2', '2000-01-01')`,
  );
}

/** What the audit chain tells, in order: who, what, to what. */
export async function auditedActs(db: Database): Promise<string[]> {
  const entries = await db.prisma.auditEntry.findMany({
    orderBy: { id: 'asc' },
  });
  return entries.map(
    ({ actor, action, subject }) => `${actor} ${action} ${subject}`,
  );
}
