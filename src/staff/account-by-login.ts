import type { Database } from '../runtime/database';
import { normalLogin } from './sign-in';

/** The number of the account that signs in so; undefined for none. */
export async function accountByLogin(
  { prisma }: Pick<Database, 'prisma'>,
  login: string,
): Promise<number | undefined> {
  const account = await prisma.staffAccount.findUnique({
    where: { login: normalLogin(login) },
    select: { id: true },
  });
  return account?.id;
}
