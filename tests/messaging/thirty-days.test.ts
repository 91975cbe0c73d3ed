import { readFileSync } from 'node:fs';

import { appendEvents } from '../../src/complaints/append-events';
import { fileComplaint } from '../../src/complaints/file-complaint';
import { hearComplainant } from '../../src/complaints/hear-complainant';
import type { ComplaintStatus } from '../../src/complaints/lifecycle';
import {
  tellComplainant,
  type Notice,
} from '../../src/complaints/tell-complainant';
import { DEMO_PEOPLE, demoPerson } from '../../src/exchange/demo-people';
import { loadDemoProgramme } from '../../src/exchange/load-demo-programme';
import { askPhoneChange } from '../../src/messaging/ask-phone-change';
import { changeSmsChoice } from '../../src/messaging/change-sms-choice';
import { isDecent } from '../../src/messaging/quiet-hours';
import { recordReceipt } from '../../src/payments/record-receipt';
import { inTransaction, type Tx } from '../../src/runtime/database';
import { addDays } from '../../src/text/dates';
import { smsLength } from '../../src/text/segments';
import { testDatabase, type TestDatabase } from '../support/database';
import { demoDays, type DemoDays, type ShownSms } from '../support/demo-days';
import { movableClock } from '../support/movable-clock';
import { smsWording } from '../support/reminders';
import { expectTranscript } from '../support/transcript';

const firstDay = '2026-03-10';

/** Whose inboxes are kept, with what they live through beside the programme itself. */
const named = [
  ...['own-phone', 'bambara', 'family-phone', 'relay', 'insecure'],
  ...['wallet', 'suspended', 'several', 'postponed', 'activities'],
];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

interface Life {
  tx: Tx;
  demo: DemoDays;
}

const householdOf = async (tx: Tx, key: string): Promise<number> =>
  (
    await tx.household.findFirstOrThrow({
      where: { cardNumber: demoPerson(key).card.number },
    })
  ).id;

const setWave = ({ tx }: Life, code: string, data: object) =>
  tx.wave.update({ where: { code }, data });

const day = (offset: number) => new Date(addDays(firstDay, offset));

const words = ({ tx, demo: { clock } }: Life) => ({
  ...{ tx, clock, wording: smsWording },
});

/** What staff did to Oumou's request, and that she is told. */
const handled = async (
  life: Life,
  event: Notice,
  toStatus: ComplaintStatus,
) => {
  const { tx, demo } = life;
  const { id: complaintId } = await tx.complaint.findFirstOrThrow();
  await tx.complaint.updateMany({ data: { status: toStatus } });
  await appendEvents(tx, { id: complaintId, anonymous: false }, [
    {
      ...{ kind: 'moved', toStatus, actor: 'officer:1' },
      happenedAt: demo.clock.now(),
    },
  ]);
  const { id: eventId } = await tx.complaintEvent.findFirstOrThrow({
    orderBy: { id: 'desc' },
  });
  await tellComplainant(words(life), { complaintId, event, eventId });
};

/** How the gateway does from now on. */
const gateway =
  (kind: 'well' | 'failing' | 'silent' | 'undelivered') =>
  ({ demo }: Life): Promise<void> => {
    demo.sms.behave({ kind });
    return Promise.resolve();
  };

/** What happens, by day and hour, before what is due then goes out. */
const events: Readonly<Record<string, (life: Life) => Promise<unknown>>> = {
  // The relay asks for SMS; Awa confirms before she is asked.
  '0 08:00': ({ tx, demo: { clock } }) =>
    changeSmsChoice({ tx, clock }, demoPerson('relay').msisdn, true),
  '1 12:00': async ({ tx, demo: { clock } }) => {
    const householdId = await householdOf(tx, 'own-phone');
    const { id: paymentId } = await tx.payment.findFirstOrThrow({
      where: { householdId, wave: { code: 'TM15-C1' } },
    });
    await recordReceipt(
      { tx, clock },
      {
        ...{ householdId, paymentId, answer: 'RECEIVED' },
        ...{ askedForMoney: false, channel: 'ussd', proofLevel: 'L1' },
      },
    );
  },
  // Oumou asks for something by night, with an answer by SMS, and for a new number.
  '3 05:00': async (life) => {
    const { tx } = life;
    const { msisdn } = demoPerson('wallet');
    const householdId = await householdOf(tx, 'wallet');
    const { locale } = await tx.phone.findUniqueOrThrow({ where: { msisdn } });
    await fileComplaint(
      { ...words(life), draw: () => '12345672' },
      {
        ...{ category: 'card', subject: 'phone.newNumber', origin: 'ussd' },
        ...{ respondBy: 'sms', anonymous: false, retaliation: false },
        ...{ locale: locale ?? 'fr', proofLevel: 'L1', householdId },
        contactMsisdn: msisdn,
      },
    );
    await askPhoneChange(words(life), {
      householdId,
      newMsisdn: '+22360000099',
    });
  },
  // She is told how it goes on, and accepts the answer.
  '5 16:00': (life) => handled(life, 'moved', 'ASSIGNED'),
  '6 16:00': (life) => handled(life, 'asked', 'WAITING_COMPLAINANT'),
  '8 16:00': (life) => handled(life, 'answered', 'ANSWER_PROPOSED'),
  '9 05:00': async (life) => {
    const householdId = await householdOf(life.tx, 'wallet');
    const { id: complaintId } = await life.tx.complaint.findFirstOrThrow();
    await hearComplainant(words(life), {
      ...{ complaintId, householdId, word: 'accept' },
    });
  },
  // Djénéba wants no more SMS once she has been told of her first payment.
  '4 12:00': ({ demo }) => demo.writes(demoPerson('several').msisdn, 'STOP'),
  // Sitan's wave is put off after it was announced, then has new dates.
  '7 18:30': (life) => setWave(life, 'TM15-C2', { status: 'postponed' }),
  '10 18:30': (life) =>
    setWave(life, 'TM15-C2', {
      newWindowStart: day(18),
      newWindowEnd: day(22),
    }),
  // The line breaks before the answer; phones are off; the gateway takes nothing for a morning.
  '12 08:00': gateway('silent'),
  '12 09:00': gateway('well'),
  '15 08:00': gateway('undelivered'),
  '15 09:00': gateway('well'),
  '17 09:00': gateway('failing'),
  '17 12:00': gateway('well'),
  // Nana's wave is dropped on the eve.
  '20 12:00': (life) => setWave(life, 'TM15-C3', { status: 'cancelled' }),
};

/** Lives through thirty days, one press of the button each. @returns everything that arrived, in order, and the inboxes */
async function thirtyDays(locale: string) {
  const clock = movableClock(`${firstDay}T05:00:00Z`);
  await database.truncateAll();
  const { url: databaseUrl, db } = database;
  await loadDemoProgramme({ databaseUrl, clock, households: 130 });
  await db.prisma.phone.createMany({
    data: DEMO_PEOPLE.map(({ msisdn }) => ({ msisdn, locale })),
  });
  const demo = demoDays(db, clock, async (own) => {
    const offset = Math.floor(clock.offsetDays() + 5 / 24);
    const hour = clock.now().toISOString().slice(11, 16);
    const happens = events[`${offset} ${hour}`];
    if (happens !== undefined)
      await inTransaction(db, (tx) => happens({ tx, demo: own }), {
        timeoutMs: 20_000,
      });
  });
  const arrived: string[] = [];
  demo.sms.onArrival(({ providerId }) => arrived.push(providerId));
  try {
    for (let pressed = 0; pressed < 30; pressed += 1) await demo.nextDay();
    const seen = await everything();
    return { seen, arrived, inboxes: await inboxesOf(demo) };
  } finally {
    await demo.stop();
  }
}

/** What stands of every message at the end. */
interface StoredSms {
  msisdn: string;
  purpose: string;
  text: string;
  at: Date;
  /** With its reason where there is one. */
  state: string;
  providerId: string;
}

async function everything(): Promise<StoredSms[]> {
  const { rows } = await database.db.pool.query<StoredSms>(
    `select msisdn, purpose, text, concat_ws(' ', state, reason) as state, sent_at as at, provider_id as "providerId"
     from messages where begun_at is not null order by begun_at, id`,
  );
  return rows;
}

async function inboxesOf(demo: DemoDays): Promise<Map<string, string>> {
  const inboxes = new Map<string, string>();
  for (const key of named) {
    const { title, msisdn } = demoPerson(key);
    const { messages, undelivered } = await demo.inbox(msisdn);
    inboxes.set(
      key,
      [
        ...[`# ${title}`, ''],
        ...(messages.length > 0 ? messages.map(shown) : ['(aucun SMS)\n']),
        ...(undelivered > 0 ? [`(non remis: ${undelivered})\n`] : []),
      ].join('\n'),
    );
  }
  return inboxes;
}

/** Its moment, its length and its report over its text. */
function shown({ at, text, report = 'sans accusé' }: ShownSms): string {
  const when = at.slice(0, 16).replace('T', ' ');
  return `${when} [${smsLength(text).units}, ${report}]\n${text}\n`;
}

/** Whatever no message may hold: names, cards, amounts, places, other numbers. */
async function canaries(): Promise<string[]> {
  const { rows } = await database.db.pool.query<{ word: string }>(
    `select distinct word from households, unnest(array[card_number, card_check || ' ', household_number,
         recipient_last_name, village]) word
     union select distinct unnest(array[pay_point, amount_xof::text, to_char(amount_xof, 'FM999 999 999')]) from payments
     union select distinct unnest(array[place, theme, ngo]) from support_sessions
     union select distinct place from distributions
     union select distinct unnest(array[provider_name, code]) from waves
     union select distinct name_fr from benefit_rules
     union select distinct substr(msisdn, 5) from phone_links`,
  );
  return rows
    .flatMap(({ word }) => word || [])
    .filter(({ length }) => length > 3);
}

describe.each(['fr', 'bm'])('thirty days in %s', (locale) => {
  let seen: StoredSms[];
  let arrived: string[];
  let inboxes: Map<string, string>;
  beforeAll(async () => {
    ({ seen, arrived, inboxes } = await thirtyDays(locale));
  }, 240_000);

  test.each(named)('%s reads what the rules say, and nothing else', (key) => {
    expectTranscript(`${key}.${locale}`, inboxes.get(key) ?? '', 'inboxes');
  });

  test('every message that went has its fate, and what is told to have arrived is what arrived', () => {
    const states = new Set(seen.map(({ state }) => state));
    expect([...states].sort()).toEqual(['delivered', 'failed absent']);
    const delivered = seen.filter(({ state }) => state === 'delivered');
    expect(delivered.map(({ providerId }) => providerId).sort()).toEqual(
      [...arrived].sort(),
    );
  });

  test('nothing arrives twice, by night, in two parts, or as the fourth of a day', () => {
    const byDay = new Map<string, number>();
    const told = new Set<string>();
    for (const { msisdn, purpose, text, at } of seen) {
      const today = `${msisdn} ${at.toISOString().slice(0, 10)}`;
      expect(told).not.toContain(`${today} ${text}`);
      told.add(`${today} ${text}`);
      expect(smsLength(text)).toMatchObject({ encoding: 'gsm7', segments: 1 });
      if (purpose === 'complaint.acknowledged') continue;
      expect(isDecent(at)).toBe(true);
      if (/^(complaint|phone)/.test(purpose)) continue;
      byDay.set(today, (byDay.get(today) ?? 0) + 1);
    }
    expect(Math.max(...byDay.values())).toBeLessThanOrEqual(3);
    expect(seen.length).toBeGreaterThan(60);
  });

  test('no message holds a name, a card, an amount, a place, a theme or a number', async () => {
    const texts = seen.map(({ text }) => text).join('\n');
    const words = await canaries();
    expect(words.length).toBeGreaterThan(300);
    expect(words.filter((word) => texts.includes(word))).toEqual([]);
  });

  test('whoever gets none is on the call list', async () => {
    const phoneless = await householdOf(database.db.prisma, 'no-link');
    const listed = await database.db.prisma.callListEntry.findMany({
      where: { householdId: phoneless },
    });
    expect(listed.map(({ reason }) => reason)).not.toContain('optedOut');
    const relayed = await database.db.prisma.callListEntry.count({
      where: { purpose: 'payment.available', reason: 'insecureZone' },
    });
    expect(relayed).toBeGreaterThan(14);
  });
});

test('the inboxes that are kept are in both languages', () => {
  for (const key of named)
    for (const locale of ['fr', 'bm'])
      expect(
        readFileSync(`${__dirname}/../inboxes/${key}.${locale}.txt`, 'utf8'),
      ).toContain(demoPerson(key).title);
});
