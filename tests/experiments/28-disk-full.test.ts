import {
  countedPhones,
  saysTryLater,
  wholeCall,
  type CountedPhones,
} from '../support/counted-phones';
import { scratchDatabase } from '../support/database';
import { describeWith, foundProgram } from '../support/found-program';
import { gatewayLine } from '../support/gateway-line';
import { ownPostgres, type OwnPostgres } from '../support/own-postgres';
import {
  mayMount,
  smallDisk,
  smallFiles,
  type Room,
  type SmallDisk,
} from '../support/small-disk';
import { tell } from '../support/tell';
import { aVillage } from '../support/village';
import { aWalk, walkOn, wrongOf } from '../support/walk';
import { startWeb, ussdPath, type WebProcess } from '../support/web-process';

const callers = 20;

function phonesOf(web: WebProcess): CountedPhones {
  const line = gatewayLine(web.port, ussdPath, callers);
  return countedPhones((form) => line.post(form));
}

/** A counter of the process, by its level. */
async function errors(web: WebProcess): Promise<number> {
  const found = /jigi_log_lines_total\{level="error"\} (\d+)/.exec(
    await web.figures(),
  );
  return Number(found?.[1] ?? 0);
}

test('experiment 28: a full disk for logs: callers are answered all the same', async () => {
  const store = await scratchDatabase();
  const people = await aVillage(store.db, callers);
  const web = await startWeb({
    env: { DATABASE_URL: store.url, LOG_LEVEL: 'debug' },
    logTo: '/dev/full',
  });
  const phones = phonesOf(web);
  const walks = people.map((person) =>
    aWalk(phones.call(person.msisdn), wholeCall(person)),
  );
  await Promise.all(walks.map((walk) => walkOn(walk)));
  expect(wrongOf(walks)).toEqual([]);
  web.signal('SIGTERM');
  expect(await web.ended).toBe(0);
  await web.close();
  await store.close();
}, 60_000);

const way = mayMount() ? 'mount' : foundProgram(['prlimit']);

describeWith(way, 'A small disk (mount or prlimit)', (found) => {
  let disk: SmallDisk | undefined;
  let room: Room;
  let store: OwnPostgres;
  let web: WebProcess;

  beforeAll(async () => {
    disk = found === 'mount' ? smallDisk(160) : undefined;
    store = await ownPostgres(disk?.folder);
    room = disk ?? smallFiles(() => store.pids());
    web = await startWeb({ env: { DATABASE_URL: store.url } });
  }, 60_000);
  afterAll(async () => {
    room.free();
    await web.close();
    await store.close();
    disk?.close();
  });

  /** Takes the room that PostgreSQL has set aside in its files already. */
  async function fillTables(): Promise<void> {
    for (let filed = 0; filed < 5_000; filed += 1) {
      try {
        await store.db.pool.query(
          `insert into effects_once (key, answer, happened_at)
           select gen_random_uuid()::text, to_jsonb(repeat(md5(n::text), 60)), now() from generate_series(1, 100) n`,
        );
      } catch {
        return;
      }
    }
    throw new Error('the disk does not get full');
  }

  test('experiment 28: a full disk for PostgreSQL: payments are shown, a request ends kindly and raises an alarm, and all is well once there is room', async () => {
    const people = await aVillage(store.db, callers);
    const phones = phonesOf(web);
    const walks = people.map((person) =>
      aWalk(phones.call(person.msisdn), wholeCall(person)),
    );
    await Promise.all(walks.map((walk) => walkOn(walk, 3)));
    room.fill();
    await fillTables();

    const before = await errors(web);
    await Promise.all(walks.map((walk) => walkOn(walk, 7)));
    const confirmed = await Promise.all(
      walks.map(({ call }) => call.send(`${call.path}*3`)),
    );
    expect(confirmed.filter((read) => !saysTryLater(read))).toEqual([]);
    expect(await errors(web)).toBeGreaterThan(before);
    expect(await store.db.prisma.complaint.count()).toBe(0);

    room.free();
    await Promise.all(walks.map((walk) => walkOn(walk)));
    tell('experiment 28, disk full', {
      way: disk === undefined ? 'prlimit' : 'mount',
      callers,
      alarms: (await errors(web)) - before,
      longestMs: Math.round(phones.longestMs()),
    });
    expect(wrongOf(walks)).toEqual([]);
    expect(await store.db.prisma.complaint.count()).toBe(callers);
  }, 60_000);
});
