import { type Command, Option } from 'commander';
import { realTime } from '../runtime/clock';
import { AppError } from '../runtime/errors';
import type { AccountDraft } from '../staff/account-draft';
import { listAccounts } from '../staff/account-list';
import { addAccount } from '../staff/add-account';
import { endAllSessions, makeAccountLink } from '../staff/change-account';
import { linkLife, linkPath } from '../staff/one-time-link';
import { roleNames, roleOf } from '../staff/roles';
import { normalLogin } from '../staff/sign-in';
import { type CommandHouse, inHouse, type OpenHouse } from './command-house';

/** What `user add` is told besides the login. */
interface AddOptions {
  name: string;
  role: string;
  territory: string;
  provider: string;
  url?: string;
}

const print = (lines: readonly string[]): void =>
  void process.stdout.write(`${lines.join('\n')}\n`);

/** `user …`: the accounts of the staff, for the first of them and for when nobody can sign in. */
export function addStaffCommands(program: Command, open: OpenHouse): void {
  const accounts = program
    .command('user')
    .description('Les comptes du personnel dans la console');
  addAdd(accounts, open);
  accounts
    .command('list')
    .description('Montre les comptes')
    .option('--search <texte>', "une partie du nom ou de l'identifiant", '')
    .action(({ search }: { search: string }) =>
      inHouse(open, async (house) => print(await listed(house, search))),
    );
  addReset(accounts, open);
  accounts
    .command('end-sessions')
    .description("Ferme toutes les sessions d'un compte")
    .argument('<identifiant>', "l'identifiant du compte")
    .action((login: string) =>
      inHouse(open, async (house) => {
        const accountId = await idOf(house, login);
        await endAllSessions(deskOf(house), { actor: 'cli', accountId });
        print([`Les sessions de ${normalLogin(login)} sont fermées.`]);
      }),
    );
}

function addAdd(accounts: Command, open: OpenHouse): void {
  accounts
    .command('add')
    .description('Crée un compte et montre le lien de son invitation')
    .argument('<identifiant>', 'ce que la personne tape pour se connecter')
    .requiredOption('--name <nom>', 'le prénom et le nom')
    .addOption(
      new Option('--role <rôle>', 'le rôle')
        .choices(roleNames)
        .makeOptionMandatory(),
    )
    .option('--territory <nom>', 'la région, le cercle ou la commune', '')
    .option('--provider <code>', "le code d'une agence de paiement", '')
    .option('--url <adresse>', "l'adresse publique du service")
    .action((login: string, { name, url, ...post }: AddOptions) =>
      inHouse(open, async (house) => {
        const draft: AccountDraft = { ...post, login, fullName: name };
        const made = await addAccount(deskOf(house), 'cli', draft);
        if (made.kind === 'faults')
          throw new AppError(
            'invalid',
            `Rien n'est créé:\n${Object.values(made.faults).join('\n')}`,
          );
        print(shownLink(house, made.linkToken, linkLife.invitation, url));
      }),
    );
}

function addReset(accounts: Command, open: OpenHouse): void {
  accounts
    .command('reset')
    .description('Montre un lien pour choisir un nouveau mot de passe')
    .argument('<identifiant>', "l'identifiant du compte")
    .option('--url <adresse>', "l'adresse publique du service")
    .action((login: string, { url }: { url?: string }) =>
      inHouse(open, async (house) => {
        const accountId = await idOf(house, login);
        const made = await makeAccountLink(deskOf(house), {
          ...{ actor: 'cli', accountId },
        });
        if (made.kind === 'notFound')
          throw new AppError('conflict', 'Ce compte est fermé.');
        print(shownLink(house, made.linkToken, linkLife[made.linkKind], url));
      }),
    );
}

/** Accounts of an administrator's making are nobody's invention: those of the demo sign in as they are. */
function deskOf({ db, hashKey, clock }: CommandHouse) {
  return { db, hashKey, clock: realTime(clock), demo: true };
}

async function idOf({ db }: CommandHouse, login: string): Promise<number> {
  const found = await db.prisma.staffAccount.findUnique({
    where: { login: normalLogin(login) },
    select: { id: true },
  });
  if (found === null)
    throw new AppError(
      'notFound',
      `Aucun compte ne s'appelle ${normalLogin(login)}.`,
    );
  return found.id;
}

function shownLink(
  { serviceUrl = '' }: CommandHouse,
  token: string,
  life: string,
  url = serviceUrl,
): string[] {
  return [
    `${url.replace(/\/+$/, '')}${linkPath(token)}`,
    `Ce lien sert une fois, pendant ${life}. Donnez-le à la personne elle-même: il n'est gardé nulle part.`,
  ];
}

const states = { active: 'ouvert', invited: 'invité', disabled: 'fermé' };

async function listed({ db }: CommandHouse, search: string): Promise<string[]> {
  const lines: string[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const found = await listAccounts(db, { search, role: '', page });
    pages = found.pages;
    lines.push(
      ...found.members.map(({ login, fullName, role, territory, state }) =>
        [
          login,
          fullName,
          roleOf(role).title,
          territory?.code ?? '-',
          states[state],
        ].join('  '),
      ),
    );
  }
  return lines.length > 0 ? lines : ['Aucun compte.'];
}
