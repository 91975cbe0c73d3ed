import { connect, type Socket } from 'node:net';
import { benchHousehold, type BenchHousehold } from '../household-numbers';

/** What the driver is asked to do; it is a program of its own, told over IPC. */
export interface Load {
  port: number;
  path: string;
  /** Calls at the same time, each on a connection of its own. */
  callers: number;
  seconds: number;
  /** Steps a second for all together; absent: as fast as answers come. */
  stepsPerSecond?: number;
  households: number;
  /** Whether answers hold the amounts of the household that calls, or the same for all. */
  own: boolean;
}

/** What it saw. Latencies are milliseconds; paced ones count from when the step was due. */
export interface Seen {
  steps: number;
  seconds: number;
  latencies: number[];
  /** The first wrong answers; none may be. */
  wrong: string[];
  wrongCount: number;
}

/** One step of the payment session: what is typed by now, and what must be shown. */
interface Step {
  text: string;
  expected: string;
}

/** Dial, my payment, the card, the last payment, back to the payment that is open. */
function session(household: BenchHousehold): Step[] {
  const { digits, openXof, pastXof } = household;
  const open = grouped(openXof);
  return [
    { text: '', expected: '1 ' },
    { text: '1', expected: '9 ' },
    { text: `1*${digits}`, expected: open },
    { text: `1*${digits}*1`, expected: grouped(pastXof) },
    { text: `1*${digits}*1*0`, expected: open },
  ];
}

/** A whole amount as a line of a screen begins with it. */
function grouped(xof: number): string {
  return `\n${String(xof).replace(/\B(?=(\d{3})+$)/g, ' ')} F`;
}

/** Where every caller of a constant server lives. */
const constant = benchHousehold(29_000);

process.once('disconnect', () => process.exit());
process.once('message', (load: Load) => {
  void drive(load).then((seen) => process.send?.(seen));
});

async function drive(load: Load): Promise<Seen> {
  const seen: Seen = {
    steps: 0,
    seconds: 0,
    latencies: [],
    wrong: [],
    wrongCount: 0,
  };
  const began = performance.now();
  const end = began + load.seconds * 1000;
  const intervalMs =
    load.stepsPerSecond === undefined
      ? 0
      : (1000 * load.callers) / load.stepsPerSecond;
  await Promise.all(
    Array.from({ length: load.callers }, (_, at) =>
      call(load, seen, end, {
        intervalMs,
        firstMs: began + (intervalMs * at) / load.callers,
      }),
    ),
  );
  seen.seconds = (performance.now() - began) / 1000;
  return seen;
}

interface Pace {
  /** Between two steps of one caller; 0: at once. */
  intervalMs: number;
  firstMs: number;
}

let calls = 0;

/** One caller: session after session on one connection, until the time is over. */
async function call(
  load: Load,
  seen: Seen,
  end: number,
  pace: Pace,
): Promise<void> {
  const line = await openLine(load.port);
  let dueMs = pace.firstMs;
  while (performance.now() < end) {
    calls += 1;
    const household = load.own
      ? benchHousehold(Math.floor(Math.random() * load.households))
      : constant;
    const form = `sessionId=ATUid_${process.pid}${calls}&serviceCode=%2A384%2A55%23&phoneNumber=%2B${household.msisdn.slice(1)}&networkCode=61001&text=`;
    for (const { text, expected } of session(household)) {
      if (pace.intervalMs > 0) {
        await until(dueMs);
        if (dueMs >= end) break;
      }
      const sentAt = pace.intervalMs > 0 ? dueMs : performance.now();
      const answer = await line.post(
        load.path,
        form + text.replaceAll('*', '%2A'),
      );
      seen.latencies.push(performance.now() - sentAt);
      seen.steps += 1;
      dueMs += pace.intervalMs;
      if (!answer.startsWith('CON ') || !answer.includes(expected)) {
        seen.wrongCount += 1;
        if (seen.wrong.length < 3) {
          seen.wrong.push(`after "${text}": ${answer}, without ${expected}`);
        }
      }
    }
  }
  line.close();
}

function until(dueMs: number): Promise<void> {
  const waitMs = dueMs - performance.now();
  return waitMs <= 0
    ? Promise.resolve()
    : new Promise((resolve) => setTimeout(resolve, waitMs));
}

/** A kept connection that posts one form at a time. Much cheaper than node:http's client, so that the servers are measured. */
interface Line {
  /** @returns the body of a 200; otherwise the first line of the answer */
  post(path: string, form: string): Promise<string>;
  close(): void;
}

async function openLine(port: number): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return {
    post: (path, form) => exchange(socket, path, form),
    close: () => void socket.destroy(),
  };
}

function exchange(socket: Socket, path: string, form: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const settle = (outcome: () => void): void => {
      socket.off('data', read).off('close', cut);
      outcome();
    };
    const read = (chunk: Buffer): void => {
      // One byte a letter: lengths count bytes, and what is looked for is ASCII.
      received += chunk.toString('latin1');
      const body = bodyOf(received);
      if (body !== undefined) settle(() => resolve(body));
    };
    const cut = (): void =>
      settle(() => reject(new Error(`connection cut after: ${received}`)));
    socket.on('data', read).once('close', cut);
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n${form}`,
    );
  });
}

function bodyOf(received: string): string | undefined {
  const head = received.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = /content-length: (\d+)/i.exec(received)?.[1];
  const whole = head + 4 + Number(length ?? 0);
  if (received.length < whole) return undefined;
  return received.startsWith('HTTP/1.1 200 ')
    ? received.slice(head + 4, whole)
    : received.slice(0, received.indexOf('\r\n'));
}
