import { Command } from 'commander';
import { IMPORT_CONNECTIONS } from '../exchange/import-file';
import { systemClock } from '../runtime/clock';
import { loadConfig } from '../runtime/config';
import { connectDatabase } from '../runtime/database';
import { joinOrStartPostgres } from '../runtime/embedded-postgres';
import { AppError } from '../runtime/errors';
import { migrate } from '../runtime/migrate';
import type { CommandHouse } from './command-house';
import { addExportCommands } from './export';
import { addImportCommands } from './import';
import { addRegisterCommands } from './register-make';
import { addTextsCommands } from './texts';

/** The administrator's command: `npm run jigi -- <command>`. */
async function main(): Promise<void> {
  const program = new Command('jigi')
    .description('Administration de Jigi')
    .configureHelp({ sortSubcommands: true });
  addImportCommands(program, openHouse);
  addExportCommands(program, openHouse);
  addRegisterCommands(program, systemClock());
  addTextsCommands(program);
  await program.parseAsync();
}

async function openHouse(): Promise<CommandHouse> {
  const config = loadConfig();
  const server =
    config.databaseUrl === undefined
      ? await joinOrStartPostgres({ dataDir: config.dataDir, say: complain })
      : { url: config.databaseUrl, release: () => Promise.resolve() };
  try {
    await migrate(server.url);
  } catch (error) {
    await server.release();
    throw error;
  }
  const db = connectDatabase(server.url, {
    max: IMPORT_CONNECTIONS,
    connectTimeoutMs: 10_000,
    statementTimeoutMs: 0,
  });
  return {
    db,
    clock: systemClock(config.demoClockOffsetDays),
    async close() {
      await db.close();
      await server.release();
    },
  };
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

main().catch((error: unknown) => {
  complain(error instanceof Error ? error.message : String(error));
  // What the administrator can mend says so; the rest needs its trace.
  if (!(error instanceof AppError) && error instanceof Error) {
    complain(error.stack ?? '');
  }
  process.exitCode = 2;
});
