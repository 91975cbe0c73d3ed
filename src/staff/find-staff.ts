import type { Database } from '../runtime/database';
import { normalLogin } from './sign-in';
import { memberColumns, staffMember, type StaffMember } from './staff-member';

/** The account of a login; undefined when there is none that may act. */
export async function findStaff(
  { prisma }: Pick<Database, 'prisma'>,
  login: string,
): Promise<StaffMember | undefined> {
  const found = await prisma.staffAccount.findUnique({
    where: { login: normalLogin(login) },
    select: memberColumns,
  });
  if (found === null) return undefined;
  const member = staffMember(found);
  return member.state === 'active' ? member : undefined;
}
