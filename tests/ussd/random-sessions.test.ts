import { createSealing } from '../../src/runtime/sealing';
import { answerTurn } from '../../src/ussd/answer-turn';
import { courteousEnd } from '../../src/ussd/courteous-end';
import { aCrowd } from '../support/crowd';
import type { CrowdHousehold, CrowdPhone } from '../support/crowd';
import { testDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { gatewayLine } from '../support/gateway-line';
import { seeded } from '../support/seeded';
import type { Seeded } from '../support/seeded';
import { gateways, sessionSecret, ussdHouse } from '../support/ussd-house';
import type { TestHouse } from '../support/ussd-house';
import {
  closed,
  doorDeps,
  doorServer,
  listening,
  nothingSeen,
  USSD,
} from '../webhooks/door-house';

/** `FULL=1` for the whole crowd; `SEED=` for a run to be had again. */
const wanted = process.env['FULL'] === '1' ? 20_000 : 1_000;
const seed = Number(process.env['SEED'] ?? 20_261_121);
const atOnce = 500;
/** Callers read and type: of the calls that are open, few have a step on its way. */
const inFlight = 40;
const longest = 8;

let database: TestDatabase;
let house: TestHouse;
/** A second process over the same store; steps come to either. */
let other: TestHouse;
let server: ReturnType<typeof doorServer>;
let line: ReturnType<typeof gatewayLine>;
let phones: CrowdPhone[];

beforeAll(async () => {
  database = await testDatabase();
  await database.truncateAll();
  phones = await aCrowd(database.db);
  house = ussdHouse(database.db);
  other = { ...house, sealing: createSealing([sessionSecret]) };
  let taken = 0;
  server = doorServer(
    doorDeps(nothingSeen(), {
      answer(gateway, turn) {
        taken += 1;
        return answerTurn(taken % 2 === 0 ? house : other, gateway, turn);
      },
      courteous: (gateway) => courteousEnd(house.texts, gateway),
      gateways,
    }),
  );
  line = gatewayLine(await listening(server), USSD, inFlight);
});
afterAll(async () => {
  line.close();
  await closed(server);
  await database.close();
});

/** What the whole run saw. */
interface Sum {
  steps: number;
  amounts: number;
  doubled: number;
  /** Steps that were told to try later, and came again. */
  tryLater: number;
  references: Set<string>;
  faults: string[];
}

/** One call: the gateway's id, who calls, and whose amounts each of its paths has shown. */
interface Call {
  sessionId: string;
  phone: CrowdPhone;
  chance: Seeded;
  owners: Map<string, CrowdHousehold>;
  /** All that was typed in the call, in whatever order it arrived. */
  typed: Set<string>;
  isForked: boolean;
  sum: Sum;
}

test(`${wanted} random calls, ${atOnce} at once: no amount but that of the card just proved, one request for one confirmation`, async () => {
  const chance = seeded(seed);
  const sum: Sum = {
    steps: 0,
    amounts: 0,
    doubled: 0,
    tryLater: 0,
    references: new Set(),
    faults: [],
  };
  let begun = 0;
  const caller = async (): Promise<void> => {
    while (begun < wanted && sum.faults.length < 5) {
      begun += 1;
      await walk({
        sessionId: `ATUid_${begun}`,
        phone: chance.pick(phones) ?? {
          msisdn: '',
          kind: 'own',
          households: [],
        },
        chance: seeded(seed + begun),
        owners: new Map(),
        typed: new Set(),
        isForked: false,
        sum,
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));

  // Thanks and ideas are told no number.
  const filed = await database.db.prisma.complaint.findMany({
    where: { category: { not: 'C10' } },
    select: { reference: true },
  });
  const { references, faults, ...counts } = sum;
  process.stdout.write(
    `random sessions: seed ${seed}, ${wanted} calls, ${JSON.stringify({ ...counts, requests: filed.length })}\n`,
  );
  expect(faults).toEqual([]);
  expect(new Set(filed.map(({ reference }) => reference))).toEqual(references);
  expect(references.size).toBe(filed.length);
  // A walk that never sees an amount or files a request proves nothing.
  expect(sum.amounts).toBeGreaterThan(wanted / 4);
  expect(filed.length).toBeGreaterThan(wanted / 100);
}, 1_200_000);

/** Walks a call at random: keys of the screen, cards, wrong keys; steps doubled, skipped, late and two at once. */
async function walk(call: Call): Promise<void> {
  const { chance, phone } = call;
  let path = '';
  let screen = await send(call, path);
  for (let at = 0; at < longest && screen.startsWith('CON '); at += 1) {
    const onward = (from: string, reply: string): string =>
      from === '' ? reply : `${from}*${reply}`;
    const next = onward(path, replyTo(screen, phone, chance));
    if (at < 2 && chance.chance(0.1)) {
      // Two different replies at once; the call goes on along one of them, and may be shown where the other led.
      call.isForked = true;
      const other = onward(path, replyTo(screen, phone, chance));
      [screen] = await Promise.all([send(call, next), send(call, other)]);
    } else if (chance.chance(0.12)) {
      const [one, two] = await Promise.all([
        send(call, next),
        send(call, next),
      ]);
      call.sum.doubled += 1;
      if (one !== two) fault(call, next, `doubled: ${one} / ${two}`);
      screen = one;
    } else if (at < 2 && chance.chance(0.1)) {
      // A step is lost on the way: the next brings two replies. Later in a call the lost one might have told a number.
      path = onward(next, replyTo(screen, phone, chance));
      screen = await send(call, path);
      continue;
    } else {
      screen = await send(call, next);
    }
    path = next;
    if (chance.chance(0.05)) {
      // An old step comes again: it is shown where the call stands.
      await send(call, path.split('*').slice(0, -1).join('*'), path);
    }
  }
}

/** A key of the screen, mostly; where digits are asked for, mostly those of a card. */
function replyTo(screen: string, phone: CrowdPhone, chance: Seeded): string {
  const keys = Array.from(screen.matchAll(/^(\d) /gm), ([, key = '']) => key);
  const asksDigits = !keys.includes('1');
  if (asksDigits && chance.chance(0.9)) {
    const household = chance.pick(
      chance.chance(0.92)
        ? phone.households
        : (chance.pick(phones)?.households ?? []),
    );
    const { card = '', check = '' } = household ?? {};
    return chance.chance(phone.kind === 'relay' ? 0.7 : 0.2)
      ? `${card}${check}`
      : card.slice(-4);
  }
  return chance.chance(0.93)
    ? (chance.pick(keys.filter((key) => key !== '0')) ?? '0')
    : (chance.pick(['0', '00', '9', '7', '', 'x', '12345', '0000']) ?? '0');
}

/**
 * Sends a step until it is answered, and looks at what is shown.
 * @param standing all that was typed in the call by then
 */
async function send(
  call: Call,
  path: string,
  standing = path,
): Promise<string> {
  const { sessionId, phone, sum } = call;
  for (const reply of path.split('*')) call.typed.add(reply);
  for (let tries = 0; tries < 20; tries += 1) {
    const { status, body } = await line.post({
      sessionId,
      serviceCode: '*384*55#',
      phoneNumber: phone.msisdn,
      networkCode: '61001',
      text: path,
    });
    sum.steps += 1;
    if (status !== 200 || !/^(CON|END) /.test(body)) {
      fault(call, path, `${status} ${body}`);
      return 'END';
    }
    if (!saysTryLater(body)) {
      look(call, standing, body);
      return body;
    }
    sum.tryLater += 1;
  }
  fault(call, path, 'never answered');
  return 'END';
}

function saysTryLater(body: string): boolean {
  return ['fr', 'bm'].some((locale) =>
    body.includes(
      house.texts.t(locale, 'common', 'tryAgain').split('\n')[1] ?? '?',
    ),
  );
}

function look(call: Call, path: string, screen: string): void {
  for (const [reference] of screen.matchAll(
    /(?<!\+223 )\b\d\d \d\d \d\d \d\d\b/g,
  )) {
    call.sum.references.add(reference.replaceAll(' ', ''));
  }
  for (const [, amount = ''] of screen.matchAll(/(\d[\d ]*) F CFA/g)) {
    const owner = ownerOf(amount);
    if (owner === undefined) continue;
    call.sum.amounts += 1;
    // The first amount is of a card typed in this call, every later one of the same household.
    const earlier = call.isForked ? undefined : shownBefore(call, path);
    const isProved =
      earlier === undefined
        ? mayHaveProved(call).includes(owner)
        : earlier === owner;
    call.owners.set(path, owner);
    if (!isProved) fault(call, path, `shows ${amount}: ${screen}`);
  }
}

/** Whose amount an earlier step of this path has shown. */
function shownBefore(
  { owners }: Call,
  path: string,
): CrowdHousehold | undefined {
  const replies = path.split('*');
  return replies
    .map((_, at) => owners.get(replies.slice(0, at).join('*')))
    .find((owner) => owner !== undefined);
}

let byAmount: Map<string, CrowdHousehold> | undefined;

/** Whose amount this is; nobody's when it is one that a caller typed. */
function ownerOf(amount: string): CrowdHousehold | undefined {
  byAmount ??= new Map(
    phones.flatMap(({ households }) =>
      households.flatMap((household) =>
        household.amounts.map((one): [string, CrowdHousehold] => [
          one,
          household,
        ]),
      ),
    ),
  );
  return byAmount.get(amount);
}

/** The households that what was typed tells apart on this phone; cards of other phones show no amounts. */
function mayHaveProved({
  typed,
  phone: { households },
}: Call): CrowdHousehold[] {
  return [...typed]
    .map((reply) =>
      households.filter(
        ({ card, check }) =>
          reply === `${card}${check}` ||
          (households.length <= 10 && reply === card.slice(-4)),
      ),
    )
    .filter(({ length }) => length === 1)
    .flat();
}

function fault({ sessionId, sum }: Call, path: string, what: string): void {
  sum.faults.push(`${sessionId} after "${path}": ${what}`);
}
