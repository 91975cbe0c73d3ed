import { inspect } from 'node:util';
import {
  GatewayError,
  type GatewayFault,
} from '../../src/channels/gateway-error';
import type { SmsGateway } from '../../src/channels/sms-contract';
import { createLogger } from '../../src/runtime/logger';
import { anSms } from '../support/an-sms';
import { closeNetwork, type ClosedNetwork } from '../support/closed-network';
import { freePort } from '../support/free-port';
import {
  gatewayStub,
  type Asked,
  type Canned,
  type GatewayStub,
} from '../support/gateway-stub';

/** What a gateway on a network says beside the common rules. */
export interface LineCases {
  /** Made without an origin of ours: where its SMS would go. */
  atHome: () => SmsGateway;
  home: string;
  /** Where SMS are sent to; all else is answered by the fake. */
  sendPath: string;
  /** Statuses and answers of its own, and what they mean. */
  answers?: readonly {
    name: string;
    answer: Canned;
    fault: Partial<GatewayFault>;
  }[];
}

type Fault = Partial<GatewayFault>;

/** Long enough for a busy machine to have carried the request to its peer. */
const SOON_MS = 1_500;
const NO_ANSWER: Fault = { failure: 'unanswered', begun: 'maybe', ours: false };
const BUSY: Fault = { failure: 'throttled', begun: 'no', ours: false };
const UNREADABLE: Fault = { failure: 'unreadable', begun: 'maybe' };
const BROKEN: Fault = { failure: 'gatewayFault', begun: 'maybe', ours: false };

const REFUSED: Fault = { failure: 'rejected', begun: 'no', ours: true };

const status = (code: number, body = 'secret-text'): Canned => ({
  status: code,
  body,
});
const made = (body: string): Canned => ({
  status: 201,
  headers: { 'Content-Type': 'application/json' },
  body,
});

const COMMON: readonly { name: string; answer: Canned; fault: Fault }[] = [
  { name: 'silence', answer: 'silence', fault: NO_ANSWER },
  { name: 'an answer a byte at a time', answer: 'drip', fault: NO_ANSWER },
  {
    name: 'a reset before the body',
    answer: 'reset before the body',
    fault: NO_ANSWER,
  },
  {
    name: 'a reset in the body',
    answer: 'reset in the body',
    fault: NO_ANSWER,
  },
  { name: 'an answer without end', answer: 'endless', fault: UNREADABLE },
  { name: '429', answer: status(429), fault: BUSY },
  { name: '503', answer: status(503), fault: BUSY },
  { name: '500', answer: status(500), fault: BROKEN },
  { name: '502', answer: status(502), fault: BROKEN },
  { name: '504', answer: status(504), fault: BROKEN },
  ...[400, 404, 405, 413, 422].map((code) => ({
    name: String(code),
    answer: status(code),
    fault: REFUSED,
  })),
  {
    name: '302, which is not followed',
    answer: { status: 302, headers: { Location: '/elsewhere' } },
    fault: { failure: 'notConfigured', begun: 'no', ours: true },
  },
  {
    name: 'a page in HTML',
    answer: made('<html>secret-text</html>'),
    fault: UNREADABLE,
  },
  {
    name: 'broken JSON',
    answer: made('{"SMSMessageData":{"Reci'),
    fault: UNREADABLE,
  },
  { name: 'an empty object', answer: made('{}'), fault: UNREADABLE },
  { name: 'nothing', answer: made(''), fault: UNREADABLE },
  { name: '204', answer: { status: 204 }, fault: UNREADABLE },
];

/** What a gateway must make of a line and of a peer that misbehave, whoever the peer is. */
export function describeLine(
  make: (origin: string, deadlineMs: number) => SmsGateway,
  cases: {
    secrets: readonly string[];
    fake: () => (asked: Asked) => Canned;
    line: LineCases;
  },
): void {
  const { line, secrets } = cases;
  const hidden = [...secrets, 'secret-text', '76123456', anSms().text];
  let network: ClosedNetwork;
  let stub: GatewayStub;
  beforeAll(async () => {
    network = closeNetwork();
    stub = await gatewayStub(cases.fake());
    // The first SMS loads what a gateway needs; that is no part of its deadline.
    await make(stub.origin, 5_000).send(anSms());
  });
  beforeEach(() => stub.forget());
  afterAll(async () => {
    await stub.close();
    network.open();
  });

  const failureOf = async (
    sending: Promise<unknown>,
  ): Promise<GatewayError> => {
    const error: unknown = await sending.then(
      () => undefined,
      (one: unknown) => one,
    );
    if (!(error instanceof GatewayError)) throw new Error(inspect(error));
    expectHidden(error, hidden);
    return error;
  };
  const answering = (answer: Canned, deadlineMs = 5_000): SmsGateway => {
    const fake = cases.fake();
    stub.answer = (asked) =>
      asked.path === line.sendPath ? answer : fake(asked);
    return make(stub.origin, deadlineMs);
  };
  const sent = () => stub.asked.filter(({ path }) => path === line.sendPath);

  describe('when its peer answers', () => {
    test.each(COMMON)('$name', async ({ answer, fault }) => {
      const isSlow = answer === 'silence' || answer === 'drip';
      const gateway = answering(answer, isSlow ? SOON_MS : undefined);
      expect(await failureOf(gateway.send(anSms()))).toMatchObject(fault);
      expect(sent()).toHaveLength(1);
      expect(stub.asked.some(({ path }) => path === '/elsewhere')).toBe(false);
    });

    test.each(line.answers ?? [])('$name', async ({ answer, fault }) => {
      const gateway = answering(answer);
      expect(await failureOf(gateway.send(anSms()))).toMatchObject(fault);
    });

    test.each([
      [{ 'Retry-After': '7' }, 7_000],
      [{ 'Retry-After': '999999' }, 3_600_000],
      [
        {
          'Retry-After': 'Wed, 25 Nov 2026 10:00:09 GMT',
          Date: 'Wed, 25 Nov 2026 10:00:00 GMT',
        },
        9_000,
      ],
      [{ 'Retry-After': 'soon' }, undefined],
      [{}, undefined],
    ])('429 with %j, it tells how long to wait', async (headers, pauseMs) => {
      const gateway = answering({ status: 429, headers });
      const error = await failureOf(gateway.send(anSms()));
      expect(error.retryAfterMs).toBe(pauseMs);
    });
  });

  test('a connection that is refused began nothing', async () => {
    const gateway = make(`http://127.0.0.1:${await freePort()}`, 5_000);
    expect(await failureOf(gateway.send(anSms()))).toMatchObject({
      failure: 'unreachable',
      begun: 'no',
    });
  });

  test('whoever gives up in between cannot know what became of it', async () => {
    const gateway = answering('silence');
    const giveUp = new AbortController();
    const fake = stub.answer;
    stub.answer = (asked) => {
      const answer = fake(asked);
      if (answer === 'silence') giveUp.abort();
      return answer;
    };
    const sending = gateway.send(anSms(), giveUp.signal);
    expect(await failureOf(sending)).toMatchObject(NO_ANSWER);
  });

  test('whoever gives up before sends nothing', async () => {
    const gateway = answering('silence');
    const sending = gateway.send(anSms(), AbortSignal.abort());
    expect(await failureOf(sending)).toMatchObject({ begun: 'no' });
    expect(sent()).toHaveLength(0);
  });

  test('of itself it goes to its own address only, and the network is closed', async () => {
    const before = network.tried.length;
    expect(await failureOf(line.atHome().send(anSms()))).toMatchObject({
      failure: 'unreachable',
      begun: 'no',
    });
    expect(network.tried.slice(before)).toEqual([line.home]);
  });
}

/** Nothing of the account, the number or the text is in the error, however it is printed or logged. */
function expectHidden(error: GatewayError, hidden: readonly string[]): void {
  const lines: string[] = [];
  const destination = { write: (one: string) => void lines.push(one) };
  createLogger({ level: 'debug', destination }).error('not sent', { error });
  const printed = [
    ...lines,
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
    error.stack ?? '',
  ].join('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(error.reason);
  for (const secret of hidden) expect(printed).not.toContain(secret);
}
