import type { Database } from '../runtime/database';
import { memberColumns, staffMember, type StaffMember } from './staff-member';

/** Which accounts, and from where on. */
export interface AccountQuery {
  /** Part of a name or of a login. */
  search: string;
  role: string;
  /** From 1. */
  page: number;
}

/** One page of accounts. */
export interface AccountPage {
  members: StaffMember[];
  total: number;
  page: number;
  pages: number;
}

const ON_A_PAGE = 25;

/** Accounts by name, a page at a time, cut in the store. */
export async function listAccounts(
  { prisma }: Pick<Database, 'prisma'>,
  { search, role, page }: AccountQuery,
): Promise<AccountPage> {
  // Prisma hands these signs on to LIKE, where they stand for others.
  const contains = search.trim().replaceAll(/[\\%_]/g, '\\$&');
  const part = { contains, mode: 'insensitive' } as const;
  const where = {
    ...(contains !== '' && { OR: [{ fullName: part }, { login: part }] }),
    ...(role !== '' && { role }),
  };
  const total = await prisma.staffAccount.count({ where });
  const pages = Math.max(1, Math.ceil(total / ON_A_PAGE));
  const shown = Math.min(Math.max(1, page), pages);
  const rows = await prisma.staffAccount.findMany({
    ...{ where, select: memberColumns, take: ON_A_PAGE },
    orderBy: [{ fullName: 'asc' }, { id: 'asc' }],
    skip: (shown - 1) * ON_A_PAGE,
  });
  return { members: rows.map(staffMember), total, page: shown, pages };
}
