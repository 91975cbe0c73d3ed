import type { CommanderError } from 'commander';

/** What commander says of a command line that it refuses, and how we say it. Source: lib/command.js of commander 14. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [
    /option '([^']*)' argument '([^]*)' is invalid\. ([^]*)/,
    '$1: « $2 » ne va pas. $3',
  ],
  [
    /command-argument value '([^]*)' is invalid for argument '([^']*)'\. ([^]*)/,
    '$2: « $1 » ne va pas. $3',
  ],
  [/missing required argument '([^']*)'/, 'Il manque <$1>.'],
  [/required option '([^']*)' not specified/, 'Il manque $1.'],
  [/option '([^']*)' argument missing/, 'Il manque la valeur de $1.'],
  [/unknown option '([^']*)'/, "L'option $1 n'existe pas."],
  [/unknown command '([^']*)'/, "La commande « $1 » n'existe pas."],
  [/too many arguments[^]*/, 'Cette commande prend moins de mots.'],
];

/** French for why a command line was refused, with where to read how it is written. */
export function usageSentence({ message }: CommanderError): string {
  const found = SENTENCES.find(([pattern]) => pattern.test(message));
  const said = message
    .replace(/^error: /, '')
    .replace(/\n?\(Did you mean [^]*/, '');
  const sentence = found ? said.replace(...found) : said;
  const choices = sentence.replace('Allowed choices are', 'Au choix:');
  return `${choices}\nVoyez l'aide: ajoutez --help à la commande.`;
}
