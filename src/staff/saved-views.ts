import type { Database } from '../runtime/database';

/** A cut of a list that somebody keeps under a name of hers. */
export interface SavedView {
  id: number;
  name: string;
  /** What stands behind the `?` of its address. */
  query: string;
}

/** Views that one account may keep. */
export const mostViews = 12;

/** The views of an account, by name. */
export async function savedViews(
  { prisma }: Pick<Database, 'prisma'>,
  accountId: number,
): Promise<SavedView[]> {
  return prisma.savedView.findMany({
    where: { accountId },
    select: { id: true, name: true, query: true },
    orderBy: { name: 'asc' },
  });
}

/** Keeps a view; one of the same name is replaced. @returns what is wrong, in French */
export async function saveView(
  { prisma }: Pick<Database, 'prisma'>,
  accountId: number,
  view: Omit<SavedView, 'id'>,
): Promise<string | undefined> {
  const name = view.name.trim();
  if (name.length < 2 || name.length > 40)
    return 'Donnez un nom de 2 à 40 lettres.';
  const kept = await prisma.savedView.count({
    where: { accountId, name: { not: name } },
  });
  if (kept >= mostViews)
    return `Vous avez déjà ${mostViews} vues: retirez-en une.`;
  const { query } = view;
  await prisma.savedView.upsert({
    where: { accountId_name: { accountId, name } },
    create: { accountId, name, query },
    update: { query },
  });
  return undefined;
}

/** Forgets a view of one's own. @returns whether there was one */
export async function dropView(
  { prisma }: Pick<Database, 'prisma'>,
  accountId: number,
  id: number,
): Promise<boolean> {
  const { count } = await prisma.savedView.deleteMany({
    where: { id, accountId },
  });
  return count > 0;
}
