import { IMPORT_CONNECTIONS } from '../exchange/import-file';
import { systemClock } from '../runtime/clock';
import { loadConfig } from '../runtime/config';
import { openStore } from '../runtime/open-store';
import type { CommandHouse } from './command-house';
import { jigiProgram } from './jigi-program';
import { runCommand } from './run-command';

async function openHouse(): Promise<CommandHouse> {
  const config = loadConfig();
  const store = await openStore(
    { ...config, say: complain },
    {
      max: IMPORT_CONNECTIONS,
      connectTimeoutMs: 10_000,
      statementTimeoutMs: 0,
    },
  );
  return { ...store, clock: systemClock(config.demoClockOffsetDays) };
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
