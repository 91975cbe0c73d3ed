import type { CampaignBoard } from '../campaigns/board';
import type { CampaignRow } from '../campaigns/campaign-row';
import type { Finding } from '../campaigns/lint-campaign';
import { stateTitles } from '../campaigns/lifecycle';
import type { PreviewedKind } from '../campaigns/preview-campaign';
import type { CampaignProgress } from '../campaigns/progress';
import type { ListedCampaign } from '../campaigns/queries';
import { type CampaignNumbers, exclusions } from '../campaigns/reckon-campaign';
import { haltCauses } from '../campaigns/watch-campaigns';
import { bamakoDay, shortDay } from '../text/dates';
import { formatXof } from '../text/money';

/** What staff read of the list: a line for each campaign. */
export function toldList(campaigns: readonly ListedCampaign[]): string[] {
  if (campaigns.length === 0) return ['Aucune campagne.'];
  return campaigns.map(({ id, title, state, author, target }) =>
    [
      `${id}`,
      stateTitles[state],
      title,
      author ?? 'le service',
      target === null ? '-' : `${target} SMS`,
    ].join('  '),
  );
}

/** What staff read of a campaign's numbers. */
export function toldNumbers(numbers: CampaignNumbers): string[] {
  const { load } = numbers;
  return [
    `Ménages: ${numbers.households}; SMS: ${numbers.messages}; prévenus par le même téléphone: ${numbers.collapsed}`,
    ...numbers.excluded.map(
      ({ reason, households }) =>
        `  sans SMS, ${exclusions[reason]}: ${households}`,
    ),
    ...numbers.byOperator.map(
      ({ operator, messages, segments, costXof }) =>
        `  ${operator}: ${messages} SMS, ${segments} parties, ${formatXof(costXof)}`,
    ),
    `Parties: ${numbers.segments}; coût: ${formatXof(numbers.costXof)}`,
    `Du ${moment(numbers.beginsAt)} au ${moment(numbers.endsAt)}, ${Math.ceil(numbers.seconds / 60)} min d'envoi`,
    `Appels à attendre: ${load.sessionsPerSecond.toFixed(1)} par seconde, ${load.requestsPerSecond.toFixed(0)} demandes par seconde, ${load.openSessions.toFixed(0)} ouverts`,
  ];
}

/** What staff read of the linter. */
export function toldFindings(findings: readonly Finding[]): string[] {
  return findings.map(({ level, locale, variant, sentence }) => {
    const which = [locale, variant].filter((word) => word !== undefined);
    const where = which.length === 0 ? '' : `${which.join(' ')}: `;
    return `${level === 'refuses' ? 'Refusé' : 'Attention'}, ${where}${sentence}`;
  });
}

/** What staff read of a preview: one text of each kind, and whose phones show it. */
export function toldPreview(kinds: readonly PreviewedKind[]): string[] {
  if (kinds.length === 0) return ['Aucun téléphone.'];
  return kinds.flatMap(({ locale, shared, zone, examples }) => [
    `${locale}, ${shared ? 'téléphone partagé' : 'téléphone du ménage'}${zone === 'insecure' ? ', zone peu sûre' : ''}:`,
    ...examples.map(
      ({ msisdn, village, text, units, segments }) =>
        `  ${msisdn} ${village} (${units} signes, ${segments} partie${segments > 1 ? 's' : ''}): ${text}`,
    ),
  ]);
}

/** What staff read of how far a campaign is. */
export function toldStatus(
  { id, title, state, haltCause, fingerprint }: CampaignRow,
  progress: CampaignProgress,
): string[] {
  const { target, waiting, sent, delivered, failed, unknown, skipped } =
    progress;
  // The store's CHECK holds the closed list.
  const cause = haltCause as keyof typeof haltCauses | null;
  return [
    `Campagne ${id}, ${title}: ${stateTitles[state]}${cause === null ? '' : ` (${haltCauses[cause]})`}`,
    ...(fingerprint === null ? [] : [`Empreinte: ${fingerprint}`]),
    `Sur ${target}: en attente ${waiting}, partis ${sent} (remis ${delivered}), échoués ${failed}, sort inconnu ${unknown}, écartés ${skipped}`,
    ...progress.byOperator.map(
      (one) =>
        `  ${one.operator}: en attente ${one.waiting}, partis ${one.sent}, échoués ${one.failed}, sort inconnu ${one.unknown}, ${formatXof(one.costXof)}`,
    ),
    `Coût: ${formatXof(progress.costXof)}; ${progress.perSecond.toFixed(1)} SMS par seconde${progress.endsAt === undefined ? '' : `; fin vers ${moment(progress.endsAt)}`}`,
  ];
}

/** What staff read of the board: a line for each village, those that have heard least first. */
export function toldBoard({ villages, operators }: CampaignBoard): string[] {
  const line = (
    name: string,
    row: CampaignBoard['operators'][number] | CampaignBoard['villages'][number],
  ) =>
    `${name}: ${row.households} ménages, remis ${row.delivered}, partis ${row.sent}, échoués ${row.failed}, inconnu ${row.unknown}, en attente ${row.waiting}, sans téléphone ${row.noPhone}, sans SMS ${row.optedOut}, écartés ${row.skipped}`;
  return [
    ...villages.map((row) => line(`${row.communeCode} ${row.village}`, row)),
    ...operators.map((row) => line(row.operator, row)),
  ];
}

function moment(at: Date): string {
  return `${shortDay(bamakoDay(at))} ${at.toISOString().slice(11, 16)}`;
}
