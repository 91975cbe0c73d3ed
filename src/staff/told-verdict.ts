import type { Breach } from './audit-chain';
import type { AuditVerdict } from './verify-audit';

/** What staff read of a verdict. */
export function toldVerdict(verdict: AuditVerdict): string[] {
  const { checked, breach, lastHash, cutAfter, isExpectedMet } = verdict;
  const lines =
    cutAfter === undefined
      ? []
      : [
          `Les lignes jusqu'à la n° ${cutAfter.id} ont été retirées au bout de leur durée de conservation.`,
        ];
  if (breach !== undefined)
    return [...lines, `${breachSentence(breach)} Lignes justes: ${checked}.`];
  if (!isExpectedMet)
    return [
      ...lines,
      `L'empreinte attendue n'est plus dans le journal: sa fin a été coupée, ou il a été réécrit. Lignes vérifiées: ${checked}.`,
    ];
  return [
    ...lines,
    `Lignes vérifiées: ${checked}. Aucune n'est altérée ni manquante.`,
    ...(lastHash === ''
      ? []
      : [
          `Dernière empreinte: ${lastHash}`,
          'Notez-la hors de cette machine: qui peut tout écrire dans la base peut aussi refaire tout le journal, et seul --expect avec une empreinte notée ailleurs le montre.',
        ]),
  ];
}

function breachSentence({ kind, id }: Breach): string {
  switch (kind) {
    case 'altered':
      return `La ligne n° ${id} a été altérée ou ajoutée après coup.`;
    case 'missing':
      return `La ligne n° ${id} manque.`;
    case 'unknownEnd':
      return `La ligne n° ${id} n'a pas été écrite par le service.`;
    case 'takenEarly':
      return `Les lignes jusqu'à la n° ${id} ont été retirées sans avoir atteint leur durée de conservation.`;
  }
}
