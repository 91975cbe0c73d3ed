import { inTransaction, type Database } from '../runtime/database';
import { AppError } from '../runtime/errors';
import type { CampaignDesk } from './campaign-desk';
import { readTexts, type CampaignTexts } from './campaign-texts';
import { type Actor, mustHold } from './change-state';

/** Texts to begin a campaign from. */
export interface CampaignTemplate {
  name: string;
  version: number;
  title: string;
  texts: CampaignTexts;
  madeAt: Date;
}

/** Keeps texts under a name: a name that is there gets another version, the old ones stay. @returns the version */
export async function saveTemplate(
  desk: CampaignDesk,
  actor: Actor,
  template: { name: string; title: string; texts: unknown },
): Promise<number> {
  mustHold(actor, 'campaigns.prepare');
  const { name, title } = template;
  if (!/^[a-z0-9][a-z0-9-]{1,39}$/.test(name) || title.trim().length < 3)
    throw new AppError(
      'invalid',
      'Un modèle a un nom en petites lettres (report-de-vague) et un titre.',
    );
  const texts = readTexts(template.texts);
  return inTransaction(desk.db, async (tx) => {
    // Two who save at once get two versions.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`template ${name}`}))`;
    const newest = await tx.campaignTemplate.findFirst({
      where: { name },
      orderBy: { version: 'desc' },
      select: { version: true },
    });
    const version = (newest?.version ?? 0) + 1;
    await tx.campaignTemplate.create({
      data: {
        ...{ name, version, title: title.trim(), texts },
        ...{ madeBy: actor?.id ?? null, madeAt: desk.clock.now() },
      },
      select: { id: true },
    });
    return version;
  });
}

/** The newest version of each template. */
export async function listTemplates({
  pool,
}: Pick<Database, 'pool'>): Promise<CampaignTemplate[]> {
  const { rows } = await pool.query<CampaignTemplate>(
    `select distinct on (name) name, version, title, texts, made_at as "madeAt" from campaign_templates
     order by name, version desc`,
  );
  return rows;
}
