import { type LintedDraft, type LintGround } from './lint-ground';
import { lintRules, type LintRule, type Said } from './lint-rules';

/** A sentence of the linter, with its rule. */
export interface Finding extends Said {
  rule: string;
  level: LintRule['level'];
}

/** Everything that is to be said of a draft's texts; pure. */
export function lintCampaign(
  draft: LintedDraft,
  ground: LintGround,
): Finding[] {
  return lintRules.flatMap(({ name, level, says }) =>
    says(draft, ground).map((said) => ({ ...said, rule: name, level })),
  );
}

/** Whether anything stands in the way of sending. */
export function isRefused(findings: readonly Finding[]): boolean {
  return findings.some(({ level }) => level === 'refuses');
}
