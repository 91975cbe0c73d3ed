import type { Command } from 'commander';
import { jigiProgram } from '../../src/cli/jigi-program';
import { runCommand } from '../../src/cli/run-command';
import {
  simulateProgram,
  type SimulateChoices,
} from '../../src/cli/simulate-program';
import { fixedClock } from '../../src/runtime/clock';

const unopened = () => Promise.reject(new Error('opened for its help'));
const jigi = jigiProgram(unopened, fixedClock('2026-03-12T08:00:00Z'));

/** Runs a command line of the phone in the terminal, and tells what it asked of the phone. */
async function simulate(...words: string[]) {
  const asked: SimulateChoices[] = [];
  const told: string[] = [];
  let out = '';
  const program = simulateProgram(['fr', 'bm'], (choices) => {
    asked.push(choices);
    return Promise.resolve();
  }).configureOutput({ writeOut: (text) => (out += text) });
  const code = await runCommand(program, words, (line) => told.push(line));
  return { code, asked, told, out };
}

function withParts(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withParts)];
}

const commands = [
  ...withParts(jigi),
  ...withParts(simulateProgram(['fr', 'bm'], unopened)),
].map((command) => [command.name(), command] as const);

describe.each(commands)('the help of «%s»', (_name, command) => {
  const words = command.createHelp();

  test('says with a capital what the command does, and the rest as it goes on', () => {
    expect(command.description()).toMatch(/^[A-ZÉ]/);
    for (const { description } of [
      ...words.visibleOptions(command),
      ...words.visibleArguments(command),
    ]) {
      expect(description).toMatch(/^[a-zé]/);
    }
  });

  test('is set as the other French of Jigi: straight apostrophes, no space before a colon, no stop', () => {
    const help = command.helpInformation();
    expect(help).not.toMatch(/’| [:;?!]( |$)|\.$/m);
    expect(help).toMatch(/^S'écrit: /);
    expect(help).not.toMatch(
      /Usage|Command[^e]|display help|\[command\]|choices|default/,
    );
  });
});

test('the phone in the terminal passes on what was asked of it', async () => {
  const run = await simulate('--phone', '60 00 00 07', '--lang', 'bm');
  expect(run).toMatchObject({ code: 0, told: [] });
  expect(run.asked).toEqual([{ phone: '60 00 00 07', lang: 'bm' }]);
});

test('the phone in the terminal answers --help in French', async () => {
  const run = await simulate('--help');
  expect(run).toMatchObject({ code: 0, told: [], asked: [] });
  expect(run.out).toContain('(au choix: "fr", "bm")');
});

test.each([
  [['--lang', 'xx'], '--lang <langue>: « xx » ne va pas. Au choix: fr, bm.'],
  [['--fone', '60'], "L'option --fone n'existe pas."],
  [['60000001'], 'Cette commande prend moins de mots.'],
  [['--token'], 'Il manque la valeur de --token <jeton>.'],
])(
  'the phone in the terminal refuses %j in French, once',
  async (words, said) => {
    const run = await simulate(...words);
    expect(run).toMatchObject({ code: 3, asked: [] });
    expect(run.told).toEqual([
      `${said}\nVoyez l'aide: ajoutez --help à la commande.`,
    ]);
  },
);
