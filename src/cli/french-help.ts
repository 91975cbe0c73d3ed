import type { Command } from 'commander';

/** What the titles of commander's help are in French. */
const TITLES: Readonly<Record<string, string>> = {
  'Usage:': "S'écrit:",
  'Arguments:': 'Mots:',
  'Options:': 'Options:',
  'Commands:': 'Commandes:',
};

/**
 * Makes a program speak French: its help, and nothing of commander's own in English. A refused
 * command line is thrown, not said. Commands take these settings over when they are added.
 */
export function speakingFrench(program: Command): Command {
  return program
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .configureHelp({
      sortSubcommands: true,
      styleTitle: (title) => TITLES[title] ?? title,
      styleSubcommandText: (text) => text.replace('[command]', '[commande]'),
      styleDescriptionText: (text) =>
        text
          .replace('(choices: ', '(au choix: ')
          .replace('(default: ', '(sinon: '),
    })
    .helpOption('-h, --help', 'montre cette aide')
    .helpCommand('help [commande]', "Montre l'aide d'une commande");
}
