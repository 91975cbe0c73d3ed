import { InvalidArgumentError, type Command } from 'commander';
import { toldVerdict } from '../staff/told-verdict';
import { verifyAudit } from '../staff/verify-audit';
import { inHouse, type OpenHouse } from './command-house';

/** `audit verify`: 0 when the chain is whole, 1 when it is not. */
export function addAuditCommands(program: Command, open: OpenHouse): void {
  program
    .command('audit')
    .description("Le journal d'audit")
    .command('verify')
    .description(
      "Relit tout le journal d'audit et nomme la première ligne altérée ou manquante",
    )
    .option(
      '--expect <empreinte>',
      'une empreinte notée plus tôt, qui doit encore y être',
      readHash,
    )
    .action(async ({ expect }: { expect?: string }) => {
      const verdict = await inHouse(open, ({ db }) => verifyAudit(db, expect), {
        mustExist: true,
      });
      process.stdout.write(`${toldVerdict(verdict).join('\n')}\n`);
      if (verdict.breach !== undefined || !verdict.isExpectedMet)
        process.exitCode = 1;
    });
}

function readHash(text: string): string {
  if (!/^[0-9a-f]{64}$/i.test(text))
    throw new InvalidArgumentError(
      'Écrivez les 64 chiffres et lettres que cette commande a affichés.',
    );
  return text.toLowerCase();
}
