import type { Command } from 'commander';
import { lineState } from '../complaints/counsellor-line';
import type { Claim } from '../complaints/known-reader';
import { checkPassphrase } from '../complaints/reader-keys';
import { forgetSealedCases, readSealedCases } from '../complaints/sealed';
import {
  addReader,
  beginSealedLine,
  checkNoKey,
  removeReader,
} from '../complaints/sealed-ceremony';
import { AppError } from '../runtime/errors';
import { inHouse, type CommandHouse, type OpenHouse } from './command-house';
import { toldReading, toldState } from './sealed-list';
import { openQuestions, type Questions } from './sealed-questions';

type Work = (house: CommandHouse, questions: Questions) => Promise<void>;

/** Runs a command's work with the store open and somebody to ask. */
type Table = (work: Work) => Promise<void>;

const tableOf =
  (open: OpenHouse, sit: () => Questions): Table =>
  (work) =>
    inHouse(open, async (house) => {
      const questions = sit();
      try {
        await work(house, questions);
      } finally {
        questions.close();
      }
    });

const print = (lines: readonly string[]): void =>
  void process.stdout.write(`${lines.join('\n')}\n`);

/** An existing reader: her name where it was not given, and her passphrase. */
async function askClaim(
  questions: Questions,
  question: string,
  given?: string,
): Promise<Claim> {
  const name = given ?? (await questions.ask(`${question}: `));
  const passphrase = await questions.askSecret(`Phrase de passe de ${name}: `);
  return { name, passphrase };
}

/** A new reader: her passphrase is typed twice, for nobody can tell it to her again. */
async function askNewClaim(
  questions: Questions,
  question: string,
  given?: string,
): Promise<Claim> {
  const claim = await askClaim(questions, question, given);
  if (claim.name === '') {
    throw new AppError('invalid', 'Il faut un nom.');
  }
  checkPassphrase(claim.passphrase);
  const again = await questions.askSecret(
    `Encore une fois, phrase de passe de ${claim.name}: `,
  );
  if (again !== claim.passphrase) {
    throw new AppError('invalid', 'Les deux phrases de passe diffèrent.');
  }
  return claim;
}

/** `sealed …`: the key ceremony and the reading of the sealed line. */
export function addSealedCommands(
  program: Command,
  open: OpenHouse,
  sit: () => Questions = openQuestions,
): void {
  const atTheTable = tableOf(open, sit);
  const sealed = program
    .command('sealed')
    .description('La ligne confidentielle: une conseillère rappelle');
  addInit(sealed, atTheTable);
  addReaders(sealed, atTheTable);
  addReading(sealed, atTheTable);
  addStatus(sealed, open);
}

function addInit(sealed: Command, atTheTable: Table): void {
  sealed
    .command('init')
    .description(
      'Crée la clé devant deux personnes, qui tapent chacune sa phrase de passe',
    )
    .argument('[première]', 'le nom de la première personne')
    .argument('[seconde]', 'le nom de la seconde personne')
    .action((first?: string, second?: string) =>
      atTheTable(async (house, questions) => {
        await checkNoKey(house.db);
        await beginSealedLine(house, [
          await askNewClaim(questions, 'Nom de la première personne', first),
          await askNewClaim(questions, 'Nom de la seconde personne', second),
        ]);
        print([
          'La clé est faite. La ligne ouvre dans la minute.',
          'Personne ne peut retrouver une phrase de passe: sans elles, les demandes restent fermées à jamais.',
        ]);
      }),
    );
}

function addReaders(sealed: Command, atTheTable: Table): void {
  sealed
    .command('add-reader')
    .description("Donne accès à une personne de plus, avec l'accord de deux")
    .argument('<nom>', 'le nom de la personne')
    .action((name: string) =>
      atTheTable(async (house, questions) => {
        const agreed: [Claim, Claim] = [
          await askClaim(questions, "Première personne d'accord"),
          await askClaim(questions, "Seconde personne d'accord"),
        ];
        const added = await askNewClaim(questions, 'Nom', name);
        await addReader(house, added, agreed);
        print([`${name} a accès. Elle est prête quand elle a lu: sealed read`]);
      }),
    );
  sealed
    .command('remove-reader')
    .description("Retire l'accès d'une personne, avec l'accord d'une autre")
    .argument('<nom>', 'le nom de la personne')
    .action((name: string) =>
      atTheTable(async (house, questions) => {
        const by = await askClaim(questions, "Personne d'accord");
        await removeReader(house, name, by);
        print([`${name} n'a plus accès.`]);
      }),
    );
}

function addReading(sealed: Command, atTheTable: Table): void {
  const who = ['--as <nom>', 'le nom de la personne qui lit'] as const;
  sealed
    .command('read')
    .description('Ouvre les demandes, à qui a sa phrase de passe')
    .option(...who)
    .action(({ as }: { as?: string }) =>
      atTheTable(async (house, questions) => {
        const claim = await askClaim(questions, 'Votre nom', as);
        const reading = await readSealedCases(house, claim);
        print(toldReading(reading, house.clock.today()));
      }),
    );
  sealed
    .command('forget')
    .description(
      'Détruit des demandes: quand la personne le souhaite, au plus tard au bout de 24 mois',
    )
    .argument('<dossiers...>', 'les dossiers, comme sealed read les nomme')
    .option(...who)
    .action((tokens: string[], { as }: { as?: string }) =>
      atTheTable(async (house, questions) => {
        const claim = await askClaim(questions, 'Votre nom', as);
        await forgetSealedCases(house, claim, tokens);
        print([`Demandes détruites: ${new Set(tokens).size}`]);
      }),
    );
}

function addStatus(sealed: Command, open: OpenHouse): void {
  sealed
    .command('status')
    .description('Dit si la ligne est ouverte et qui lit, et rien des demandes')
    .action(async () => {
      const state = await inHouse(
        open,
        ({ db, clock }) => lineState(db, clock),
        { mustExist: true },
      );
      print(toldState(state));
    });
}
