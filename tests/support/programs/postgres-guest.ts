import { once } from 'node:events';
import { joinOrStartPostgres } from '../../../src/runtime/embedded-postgres';

/** Joins the server of the folder named, prints its address, and obeys: "leave", or "exit" without leaving. */
async function visit(dataDir: string): Promise<void> {
  const server = await joinOrStartPostgres({ dataDir });
  process.stdout.write(`${server.url}\n`);
  const [word] = (await once(process.stdin, 'data')) as [Buffer];
  if (word.toString().startsWith('leave')) await server.release();
  process.exit(0);
}

void visit(process.argv[2] ?? '');
