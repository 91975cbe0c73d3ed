import type { RawRequest, ReadSms } from '../../src/channels/sms-contract';
import type {
  DeliveryReport,
  InboundSms,
  OptOut,
  OutgoingSms,
  RecipientOutcome,
  SmsGateway,
} from '../../src/channels/sms-contract';
import { anSms } from '../support/an-sms';
import { gatewayStub, type Asked, type Canned } from '../support/gateway-stub';
import { describeLine, type LineCases } from './sms-line-contract';
import { describeUnsendable } from './unsendable-contract';

/** A webhook of a gateway, as a table: from it the contract derives the ways a request can be wrong. */
export interface ReportCases<T> {
  /** A good request as fields, and its encoding into a request. */
  fields: Readonly<Record<string, string>>;
  encode: (fields: readonly (readonly [string, string])[]) => RawRequest;
  /** Fields without which nothing can be read. */
  required: readonly string[];
  /** Fields whose shape is checked. */
  checked: readonly string[];
  read: readonly { name: string; fields: Record<string, string>; value: T }[];
}

/** What a gateway's table says. */
export interface SmsCases {
  /** Keys, tokens and passwords of the account. */
  secrets: readonly string[];
  /** The gateway's own fake; every test begins with it. Absent for a gateway without a network. */
  fake?: () => (asked: Asked) => Canned;
  line?: LineCases;
  /** The text that stood in a request. */
  textIn: (asked: Asked) => string;
  sends: readonly {
    name: string;
    sms: OutgoingSms;
    /** In the place of the fake's answer to the last request. */
    answer?: Canned;
    request: { method: string; path: string; body: string | Buffer };
    headers?: Readonly<Record<string, string>>;
    outcomes: readonly RecipientOutcome[];
  }[];
  delivery: ReportCases<DeliveryReport> & {
    /** The field that holds the gateway's word. */
    statusField: string;
  };
  inbound?: ReportCases<InboundSms | OptOut>;
}

const BOTH_ALPHABETS: readonly OutgoingSms[] = [
  anSms({
    text: 'à é è ù ò ñ Ç @ £ $ ¥ _ € [x] {y} ~ ^ \\ | & + % = #\n1;"\'',
  }),
  anSms({
    text: 'Aw ni cɛ, ŋaniya ɲɛ\nƆ ç ê œ “x” 😀 & + %',
    encoding: 'ucs2',
  }),
];

/** What every SMS gateway must do, whatever its wire. */
export function describeSmsGateway(
  make: (origin: string, deadlineMs: number) => SmsGateway,
  cases: SmsCases,
): void {
  const { fake, line } = cases;
  if (fake !== undefined) {
    describe('sends', () => {
      test.each(cases.sends)('$name', async ({ sms, answer, ...expected }) => {
        const stub = await gatewayStub(fake());
        const good = stub.answer;
        if (answer !== undefined) {
          const path = expected.request.path;
          stub.answer = (asked) => (asked.path === path ? answer : good(asked));
        }
        const outcomes = await make(stub.origin, 5_000).send(sms);
        const last = stub.asked.at(-1);
        expect(outcomes).toEqual(expected.outcomes);
        expect(last).toMatchObject({
          method: expected.request.method,
          path: expected.request.path,
          headers: expected.headers ?? {},
        });
        expect(last?.body).toEqual(Buffer.from(expected.request.body));
        await stub.close();
      });

      test.each(BOTH_ALPHABETS)(
        'every letter of $encoding as it is',
        async (sms) => {
          const stub = await gatewayStub(fake());
          const [outcome] = await make(stub.origin, 5_000).send(sms);
          expect(outcome?.kind).toBe('accepted');
          const last = stub.asked.at(-1);
          expect(last && cases.textIn(last)).toBe(sms.text);
          await stub.close();
        },
      );
    });
    if (line !== undefined) describeLine(make, { ...cases, fake, line });
  }
  describeUnsendable(make);
  describeReports('reads a delivery report', {
    read: (request) => make(NOWHERE, 1).readDelivery(request),
    cases: cases.delivery,
  });
  describeUnknownStatus(make, cases);
  const { inbound } = cases;
  if (inbound !== undefined) {
    describeReports('reads what comes in', {
      read: (request) =>
        make(NOWHERE, 1).readInbound?.(request) ?? {
          kind: 'unreadable',
          reason: 'no inbound',
        },
      cases: inbound,
    });
  }

  test('says by which method it calls, and what of it is no matter for a log', () => {
    const gateway = make(NOWHERE, 1);
    expect(gateway.readInbound === undefined).toBe(
      gateway.reads.inbound === undefined,
    );
    const fields = { ...cases.delivery.fields, ...inbound?.fields };
    const personal = Object.entries(fields)
      .filter(([, value]) => /\+223|STOP/.test(value))
      .map(([name]) => name);
    expect(personal).not.toHaveLength(0);
    expect(gateway.redact).toEqual(expect.arrayContaining(personal));
  });
}

const NOWHERE = 'http://127.0.0.1:9';

function describeUnknownStatus(
  make: (origin: string, deadlineMs: number) => SmsGateway,
  { delivery }: SmsCases,
): void {
  test.each(['Novelty', 'constructor', '__proto__', '77'])(
    'a status %s that no table has is kept, loudly, and ends nothing',
    (word) => {
      const fields = { ...delivery.fields, [delivery.statusField]: word };
      const request = delivery.encode(Object.entries(fields));
      const read = make(NOWHERE, 1).readDelivery(request);
      expect(read).toMatchObject({
        kind: 'read',
        value: { status: 'unknown', isFinal: false },
      });
      if (read.kind === 'read') {
        expect(read.value.providerStatus).toContain(word);
        expect(read.value.reason).toBeUndefined();
      }
    },
  );
}

function describeReports<T>(
  name: string,
  {
    read,
    cases,
  }: {
    read: (request: RawRequest) => ReadSms<T>;
    cases: ReportCases<T>;
  },
): void {
  const encode = (fields: Readonly<Record<string, string>>) =>
    cases.encode(Object.entries(fields));
  const reasonOf = (request: RawRequest): string => {
    const result = read(request);
    if (result.kind === 'unreadable') return result.reason;
    throw new Error('was read');
  };

  describe(name, () => {
    test.each(cases.read)('$name', ({ fields, value }) => {
      expect(read(encode(fields))).toEqual({ kind: 'read', value });
    });

    test('and does not mind a field that nobody knows', () => {
      expect(read(encode({ ...cases.fields, novelty: 'x' })).kind).toBe('read');
    });

    test.each(cases.required)('but not without %s', (field) => {
      const entries = Object.entries(cases.fields);
      const reason = reasonOf(
        cases.encode(entries.filter(([one]) => one !== field)),
      );
      expect(reason).toContain(field);
      for (const [, value] of entries) expect(reason).not.toContain(value);
    });

    const wrong: readonly [string, string][] = [
      ['a NUL', '1\u0000'],
      ['a line feed', '1\n'],
      ['more than any such field holds', '1'.repeat(2_000)],
    ];
    for (const [what, value] of wrong) {
      test.each(cases.checked)(`nor with ${what} in %s`, (field) => {
        const reason = reasonOf(encode({ ...cases.fields, [field]: value }));
        expect(reason).toContain(field);
        expect(reason).not.toContain('1');
      });
    }

    test.each(['', '\u0000', '{', '[]', 'null', '%', '&&==&', '"text"'])(
      'nor from a request that says nothing: %j',
      (text) => {
        reasonOf({ contentType: '', text, query: text });
      },
    );
  });
}
