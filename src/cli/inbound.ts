import { InvalidArgumentError, type Command } from 'commander';
import {
  closeInbox,
  type InboxItem,
  mostShown,
  readInbox,
} from '../messaging/inbox';
import { inHouse, type OpenHouse } from './command-house';

/** `inbound list` and `inbound done`: SMS that a person must read. */
export function addInboundCommands(program: Command, open: OpenHouse): void {
  const inbound = program
    .command('inbound')
    .description('Les SMS reçus qui attendent une personne');
  inbound
    .command('list')
    .description("Les montre, les plus anciens d'abord; la lecture est notée")
    .action(async () => {
      const items = await inHouse(open, ({ db, clock }) =>
        readInbox({ db, clock, actor: 'cli' }),
      );
      process.stdout.write(`${toldInbox(items).join('\n')}\n`);
    });
  inbound
    .command('done')
    .description("Les retire de la liste: quelqu'un s'en est occupé")
    .argument('<numéros...>', 'leurs numéros dans la liste', addNumber)
    .action(async (ids: number[]) => {
      const absent = await inHouse(open, ({ db, clock }) =>
        closeInbox({ db, clock, actor: 'cli' }, ids),
      );
      process.stdout.write(`Retirés: ${ids.length - absent.length}.\n`);
      if (absent.length === 0) return;
      process.stdout.write(`Pas dans la liste: ${absent.join(', ')}.\n`);
      process.exitCode = 1;
    });
}

function addNumber(text: string, before: number[] | undefined): number[] {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new InvalidArgumentError('Écrivez un numéro de la liste.');
  return [...(before ?? []), Number(text)];
}

const MEANINGS: Readonly<Record<InboxItem['meaning'], string>> = {
  stop: 'STOP',
  start: 'reprise',
  yes: 'OUI',
  no: 'NON',
  digit: 'chiffre',
  info: 'INFO',
  other: 'texte',
};

/** What staff read: one SMS a line, whatever stands in it. */
export function toldInbox(items: readonly InboxItem[]): string[] {
  if (items.length === 0) return ["Aucun SMS n'attend."];
  const lines = items.map(({ id, msisdn, meaning, text, receivedAt }) => {
    const at = receivedAt.toISOString().slice(0, 16).replace('T', ' ');
    // A terminal obeys letters below the space.
    const shown = text.replace(/[\p{C}\s]+/gu, ' ').trim();
    return `${id}  ${at}  ${msisdn}  ${MEANINGS[meaning]}: ${shown}`;
  });
  return items.length < mostShown
    ? lines
    : [...lines, 'Ce sont les plus anciens: retirez-les pour voir la suite.'];
}
