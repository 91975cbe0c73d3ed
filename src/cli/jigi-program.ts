import { Command } from 'commander';
import type { Clock } from '../runtime/clock';
import type { OpenHouse } from './command-house';
import { addDbCommands } from './db';
import { addExportCommands } from './export';
import { addImportCommands } from './import';
import { addRegisterCommands } from './register-make';
import { addTextsCommands } from './texts';

/** What the titles of commander's help are in French. */
const TITLES: Readonly<Record<string, string>> = {
  'Usage:': "S'écrit:",
  'Arguments:': 'Mots:',
  'Options:': 'Options:',
  'Commands:': 'Commandes:',
};

/** The administration command with all its parts; a refused command line is thrown, not said. */
export function jigiProgram(open: OpenHouse, clock: Clock): Command {
  // Commands take over these settings when they are added: they come first.
  const program = new Command('jigi')
    .description('Administration de Jigi')
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .configureHelp({
      sortSubcommands: true,
      styleTitle: (title) => TITLES[title] ?? title,
      styleDescriptionText: (text) =>
        text
          .replace('(choices: ', '(au choix: ')
          .replace('(default: ', '(sinon: '),
    })
    .helpOption('-h, --help', 'montre cette aide')
    .helpCommand('help [commande]', "montre l'aide d'une commande");
  addImportCommands(program, open);
  addExportCommands(program, open);
  addRegisterCommands(program, clock);
  addTextsCommands(program);
  addDbCommands(program, open);
  return program;
}
