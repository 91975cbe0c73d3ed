import pg from 'pg';
import { AppError } from '../../src/runtime/errors';
import { createLogger, type LogFacts } from '../../src/runtime/logger';
import { testDatabase, type TestDatabase } from '../support/database';

const lines: string[] = [];
const log = createLogger({
  level: 'info',
  destination: { write: (line) => lines.push(line) },
});

function lastLine(): Record<string, unknown> {
  // What was just written, one JSON object a line.
  return JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;
}

test('a line is one JSON object with level, time, message and facts', () => {
  log.info('ussd step', { gateway: 'simulator', durationMs: 3, demo: true });
  const { time, ...rest } = lastLine();
  expect(rest).toEqual({
    level: 'info',
    msg: 'ussd step',
    gateway: 'simulator',
    durationMs: 3,
    demo: true,
  });
  expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(lines.at(-1)).toMatch(/^[^\n]*\n$/);
});

test('a line break in a fact stays inside the line', () => {
  log.info('import', { file: 'a\n{"level":"error"}' });
  expect(lines.at(-1)?.trimEnd()).not.toContain('\n');
});

test('lines below the level are not written', () => {
  const before = lines.length;
  log.debug('nothing');
  expect(lines).toHaveLength(before);
});

test('a fact that is not declared is not written', () => {
  // A wider object passes the type check: only the list keeps its surplus out.
  const household = { gateway: 'simulator', recipientLastName: 'Traoré' };
  const facts: LogFacts = household;
  log.info('ussd step', facts);
  expect(lines.at(-1)).not.toContain('Traoré');
});

test.each([
  '+22376123456',
  '0022376123456',
  '76 12 34 56',
  '76123456',
  '7612 3456',
])('a number written as %s is not written', (number) => {
  log.info('ussd step', { name: `from ${number}` });
  log.error('failed', { error: new AppError('bug', `at ${number}`) });
  for (const line of lines.slice(-2))
    expect(line.replace(/"time":"[^"]*"/, '')).not.toMatch(/\d(?: ?\d){7}/);
});

test('a masked number and an instant stay readable', () => {
  log.info('ussd step', { maskedMsisdn: '+223••••••56', name: '2026-03-01' });
  expect(lastLine()).toMatchObject({
    maskedMsisdn: '+223••••••56',
    name: '2026-03-01',
  });
});

describe('an error', () => {
  let store: TestDatabase;

  beforeAll(async () => {
    store = await testDatabase();
  });

  afterAll(() => store.close());

  async function logFailure(work: () => Promise<unknown>): Promise<string> {
    try {
      await work();
    } catch (error) {
      log.error('failed', { error });
    }
    return lines.at(-1) ?? '';
  }

  test('of ours tells its kind, message, place and cause', async () => {
    await logFailure(() => {
      throw new AppError('unavailable', 'redis is away', new TypeError('x'));
    });
    expect(lastLine()['error']).toMatchObject({
      type: 'AppError',
      kind: 'unavailable',
      message: 'redis is away',
      cause: { type: 'TypeError', message: 'x' },
    });
    expect(lines.at(-1)).toContain('logger.test.ts');
  });

  test('of PostgreSQL tells its code and constraint, not the row', async () => {
    const line = await logFailure(() =>
      store.db.pool.query(
        `insert into phones (msisdn, locale) values ('+22376123456', 'Traoré')`,
      ),
    );
    expect(line).toContain('"code":"23514"');
    expect(line).toContain('phones_locale_check');
    expect(line).not.toMatch(/76123456|Traoré/);
  });

  test('of Prisma tells its code, not the arguments', async () => {
    const phone = { msisdn: '+22376123456', locale: 'fr' };
    await store.db.prisma.phone.create({ data: phone });
    const line = await logFailure(() =>
      store.db.prisma.phone.create({ data: phone }),
    );
    expect(line).toContain('"code":"P2002"');
    expect(line).not.toContain('76123456');
    expect(line).not.toContain('invocation');
  });

  test('of a connection does not tell the password', async () => {
    const client = new pg.Client(
      'postgresql://jigi:open-sesame@127.0.0.1:1/jigi',
    );
    const line = await logFailure(() => client.connect());
    expect(line).toContain('"code":"ECONNREFUSED"');
    expect(line).not.toContain('open-sesame');
  });

  test('of JSON.parse does not quote its input', async () => {
    const line = await logFailure(() =>
      Promise.resolve().then(() => JSON.parse('{"name": Traoré}') as unknown),
    );
    expect(line).toContain('"type":"SyntaxError"');
    expect(line).not.toContain('Traor');
  });

  test('that is no error is told by its type', () => {
    log.error('failed', { error: 'Traoré' });
    expect(lastLine()['error']).toEqual({ type: 'string' });
  });
});
