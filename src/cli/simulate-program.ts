import { Command, Option } from 'commander';
import { speakingFrench } from './french-help';

/** What may be asked of the phone in the terminal. */
export interface SimulateChoices {
  phone?: string;
  lang?: string;
  url?: string;
  token?: string;
  code?: string;
  dial?: string;
  people?: true;
}

/** The command of the phone in the terminal; a refused command line is thrown, not said. */
export function simulateProgram(
  languageCodes: readonly string[],
  simulate: (choices: SimulateChoices) => Promise<void>,
): Command {
  return speakingFrench(new Command('simulate'))
    .description(
      "Appelle Jigi d'un téléphone dans le terminal, comme le fait Africa's Talking",
    )
    .option('--phone <numéro>', "qui appelle (sinon quelqu'un de --people)")
    .addOption(
      new Option('--lang <langue>', 'répond au choix de la langue').choices(
        languageCodes,
      ),
    )
    .option(
      '--url <adresse>',
      'le service à appeler (sinon celui de HOST et PORT, ou un service démarré ici)',
    )
    .option(
      '--token <jeton>',
      'le jeton de ses passerelles (sinon le premier de WEBHOOK_TOKENS)',
    )
    .option('--code <code>', 'son code court (sinon SHORT_CODE)')
    .option('--dial <code>', 'ce qui est composé, par exemple *384*55*1#')
    .option('--people', 'dit qui peut appeler, et quitte')
    .helpCommand(false)
    .action(simulate);
}
