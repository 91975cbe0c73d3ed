import { type Command, Option } from 'commander';
import { smsGateways } from '../channels/index';
import { inboundHooks } from '../complaints/inbound-hooks';
import { openSmsWording } from '../messaging/compose';
import { journalCounts, type JournalCount } from '../messaging/journal-status';
import {
  replayJournal,
  type ReplayChoice,
  type ReplayDeps,
} from '../messaging/replay-journal';
import { takeInbound } from '../messaging/take-inbound';
import { loadConfig } from '../runtime/config';
import { createLogger } from '../runtime/logger';
import { packageRoot } from '../runtime/package-root';
import { SMS_GATEWAYS } from '../runtime/sms-routes-setting';
import { openTexts } from '../text/texts';
import { inHouse, type CommandHouse, type OpenHouse } from './command-house';
import { readInstant } from './read-instant';

/** `journal status` and `journal replay`: what gateways told, counted, or taken in again. */
export function addJournalCommands(program: Command, open: OpenHouse): void {
  const journal = program
    .command('journal')
    .description('Ce que les passerelles SMS ont dit: accusés, SMS reçus');
  journal
    .command('status')
    .description('Compte le journal par passerelle et par suite donnée')
    .action(async () => {
      const counts = await inHouse(open, ({ db }) => journalCounts(db));
      process.stdout.write(`${toldJournal(counts).join('\n')}\n`);
    });
  journal
    .command('replay')
    .description(
      'Relit le journal: ce qui est déjà pris en compte ne change pas',
    )
    .option('--since <instant>', 'depuis quand', readInstant)
    .addOption(
      new Option('--gateway <nom>', "d'une seule passerelle").choices([
        ...SMS_GATEWAYS,
      ]),
    )
    .action(async (choice: ReplayChoice) => {
      const done = await inHouse(open, (house) =>
        replayJournal(replayDeps(house), choice),
      );
      process.stdout.write(`${JSON.stringify(done)}\n`);
    });
}

function replayDeps({ db, clock, hashKey }: CommandHouse): ReplayDeps {
  const config = loadConfig();
  const { shortCode, allowUnreviewedTexts: allowUnreviewed } = config;
  const texts = openTexts({ root: packageRoot });
  const log = createLogger({ level: 'error', destination: process.stderr });
  const { byName: gateways } = smsGateways(config);
  const deps = {
    ...{ db, clock, hooks: inboundHooks({ hashKey, log }) },
    wording: openSmsWording({ texts, shortCode, allowUnreviewed }),
  };
  return {
    ...{ db, gateways },
    async takeInbound(callback) {
      const sms = gateways.get(callback.gateway);
      const read = sms?.readInbound?.(callback.request);
      if (read === undefined) return 'unreadable';
      return (await takeInbound(deps, callback, read)).outcome;
    },
  };
}

const OUTCOMES: Readonly<Record<string, string>> = {
  settled: 'réglés',
  repeated: "n'apprenaient rien",
  unmatched: 'attendent leur SMS',
  unknownStatus: 'statut inconnu',
  unreadable: 'illisibles',
  taken: 'pris en compte',
};

/** What staff read of the journal. */
export function toldJournal(counts: readonly JournalCount[]): string[] {
  if (counts.length === 0) return ['Le journal est vide.'];
  return counts.map(({ gateway, door, outcome, entries, bytes }) => {
    const kind = door === 'delivery' ? 'accusés' : 'SMS reçus';
    return `${gateway}, ${kind}, ${OUTCOMES[outcome] ?? outcome}: ${entries} (${Math.ceil(bytes / 1024)} ko)`;
  });
}
