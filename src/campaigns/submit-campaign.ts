import { inTransaction } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { formatXof } from '../text/money';
import { placesOf } from '../text/template';
import type { CampaignRow } from './campaign-row';
import type { CampaignDesk } from './campaign-desk';
import { fillingOf, questionOf, subjectOf } from './campaign-filling';
import {
  type Actor,
  lockCampaign,
  moveCampaign,
  mustHold,
} from './change-state';
import { fingerprintOf, freezeAudience } from './freeze-audience';
import { type Finding, isRefused, lintCampaign } from './lint-campaign';
import { readLintGround } from './read-lint-ground';
import { reckonCampaign } from './reckon-campaign';

/** Long enough for a national audience on a slow machine. */
export const nationalMs = 10 * 60_000;

/** What the linter says of a campaign as it stands. */
export async function lintOf(
  desk: CampaignDesk,
  campaign: Pick<
    CampaignRow,
    'subjectKind' | 'fromDay' | 'toDay' | 'texts' | 'longBecause'
  >,
): Promise<Finding[]> {
  const { texts, kind } = fillingOf(desk, campaign);
  const longBecause = campaign.longBecause ?? undefined;
  const draft = { texts, kind, longBecause };
  return lintCampaign(draft, await readLintGround(desk, draft));
}

/**
 * Freezes a draft's audience and hands it to somebody else. @returns its fingerprint
 * @throws AppError `invalid` while the linter refuses it, it reaches nobody, or it would cost more than its ceiling
 */
export async function submitCampaign(
  desk: CampaignDesk,
  actor: Actor,
  id: number,
): Promise<string> {
  mustHold(actor, 'campaigns.prepare');
  return inTransaction(
    desk.db,
    async (tx) => {
      const work = { tx, clock: desk.clock };
      const campaign = await lockCampaign(work, id);
      const findings = await lintOf(desk, campaign);
      if (isRefused(findings))
        throw refusedTexts(findings, "La campagne n'est pas soumise");
      await mustStillHold(desk, campaign);
      await freezeAudience(tx, id, await questionOf(desk, campaign));
      const { fingerprint, target } = await fingerprintOf(tx, campaign);
      if (target === 0)
        throw new AppError(
          'invalid',
          "Cette campagne ne touche aucun téléphone. Élargissez le public; rien n'a été changé.",
        );
      const frozenAt = desk.clock.now();
      const { costXof } = await reckonCampaign(
        desk,
        { ...campaign, frozenAt },
        (sql, values) => tx.$queryRawUnsafe(sql, ...values),
      );
      if (costXof > campaign.ceilingXof)
        throw new AppError(
          'invalid',
          `Cette campagne coûterait ${formatXof(costXof)}, plus que son plafond de ${formatXof(campaign.ceilingXof)}. Relevez le plafond ou réduisez le public; rien n'a été changé.`,
        );
      const set = { frozenAt, fingerprint, target };
      await moveCampaign(work, campaign, {
        ...{ to: 'submitted', kind: 'submitted', actor, set },
        detail: {
          ...{ fingerprint, target, ceilingXof: campaign.ceilingXof },
          warnings: findings.length,
        },
      });
      return fingerprint;
    },
    { timeoutMs: nationalMs },
  );
}

/** What is said of texts that the linter refuses. @param outcome what was not done because of them */
export function refusedTexts(
  findings: readonly Finding[],
  outcome: string,
): AppError {
  const sentences = findings
    .filter(({ level }) => level === 'refuses')
    .map(({ sentence, locale, variant }) =>
      [locale, variant === 'own' ? 'ménage' : variant && 'neutre']
        .filter((word) => word !== undefined)
        .join(' ')
        .concat(locale === undefined ? '' : ': ', sentence),
    );
  return new AppError('invalid', `${outcome}:\n${sentences.join('\n')}`);
}

/** Dates that changed since the draft was written would be told wrong, and dates that are not known not at all. */
async function mustStillHold(
  desk: CampaignDesk,
  campaign: CampaignRow,
): Promise<void> {
  const { from, to, texts } = fillingOf(desk, campaign);
  const told = Object.values(texts).flatMap(({ own, shared }) =>
    placesOf(`${own} ${shared}`),
  );
  if (from === null && told.some((name) => dayNames.includes(name)))
    throw refusedDates("Ces textes disent un jour, et il n'est pas connu.");
  const subject = await subjectOf(desk, campaign);
  if (subject === undefined) return;
  if (subject.isPlanned)
    throw refusedDates(
      "L'agence n'a pas encore accepté cette vague: rien n'en est annoncé.",
    );
  if (campaign.kind === 'correction') return;
  if (subject.from !== from || subject.to !== to)
    throw refusedDates(
      'Les dates ont changé depuis que ce brouillon est écrit. Enregistrez-le de nouveau: les nouvelles dates y viennent.',
    );
  const last = subject.to ?? subject.from;
  if (last !== null && last < desk.clock.today())
    throw refusedDates('Ces dates sont passées.');
}

const dayNames: readonly string[] = ['from', 'to', 'day'];

function refusedDates(why: string): AppError {
  return new AppError('conflict', `${why} La campagne n'est pas soumise.`);
}
