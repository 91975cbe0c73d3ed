import { campaignGround } from '../campaigns/campaign-desk';
import { smsGateways } from '../channels/index';
import { IMPORT_CONNECTIONS } from '../exchange/import-file';
import { systemClock } from '../runtime/clock';
import { loadConfig, type Config } from '../runtime/config';
import { hasOwnStore } from '../runtime/embedded-postgres';
import { AppError } from '../runtime/errors';
import { openStore } from '../runtime/open-store';
import { packageRoot } from '../runtime/package-root';
import { openTexts } from '../text/texts';
import type { CommandHouse, StoreWish } from './command-house';
import { jigiProgram } from './jigi-program';
import { runCommand } from './run-command';

async function openHouse(wish: StoreWish = {}): Promise<CommandHouse> {
  const config = loadConfig();
  tellStore(config, wish);
  const store = await openStore(
    { ...config, say: complain },
    {
      max: IMPORT_CONNECTIONS,
      connectTimeoutMs: 10_000,
      statementTimeoutMs: 0,
    },
  );
  const { hashKey, host, port } = config;
  const clock = systemClock(config.demoClockOffsetDays);
  const { orange, africasTalking } = config.smsAccounts;
  const campaigns = campaignGround({
    texts: openTexts({ root: packageRoot }),
    shortCode: config.shortCode,
    senderNames: [africasTalking?.senderId, orange?.senderName],
    route: smsGateways(config, { now: () => clock.now() }).routeSms,
  });
  const serviceUrl = `http://${host}:${port}`;
  return { ...store, hashKey, clock, serviceUrl, campaigns };
}

/** A store that is made by mistake beside the right one is empty, and in good order. */
function tellStore(
  { databaseUrl, dataDir }: Config,
  { mustExist }: StoreWish,
): void {
  if (databaseUrl !== undefined || hasOwnStore(dataDir)) return;
  if (mustExist === true) {
    throw new AppError(
      'notFound',
      `Il n'y a pas de base dans ${dataDir}, et rien n'a été fait. Indiquez la bonne: DATA_DIR (son dossier) ou DATABASE_URL.`,
    );
  }
  complain(
    `Il n'y a pas encore de base dans ${dataDir}: une nouvelle y est créée. Si vous en attendiez une, vérifiez DATA_DIR et DATABASE_URL.`,
  );
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The administrator's command: `npm run jigi -- <command>`. */
void runCommand(
  jigiProgram(openHouse, systemClock()),
  process.argv.slice(2),
  complain,
).then((code) => {
  process.exitCode = code;
});
