import { Command } from 'commander';
import { addReminderCommands } from '../../src/cli/reminders';
import { runCommand } from '../../src/cli/run-command';
import { waveReminders } from '../../src/payments/wave-reminders';
import { fixedClock } from '../../src/runtime/clock';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { reminderProgramme } from '../support/reminders';

let store: TestDatabase;
const clock = fixedClock('2026-03-08T10:00:00Z');
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  clock.set('2026-03-08T10:00:00Z');
  await store.truncateAll();
  for (const msisdn of ['+22370000001', '+22370000002'])
    await aHousehold()
      .on(msisdn)
      .owed({ wave: 'TM15-C2', window: ['2026-03-12', '2026-03-16'] })
      .save(store.db);
  await store.db.prisma.household.updateMany({ data: { smsConsent: true } });
  await programme().plan();
});
afterAll(() => store.close());

const programme = () => reminderProgramme(store.db, clock, [waveReminders]);

/** Runs the command as the administrator would; its house stays open. */
async function reminders(...words: string[]) {
  const program = new Command('jigi').exitOverride();
  addReminderCommands(program, () =>
    Promise.resolve({
      ...{ db: store.db, clock, migrations: [], hashKey: '' },
      close: () => Promise.resolve(),
    }),
  );
  let out = '';
  const write = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => (out += String(text)) !== '');
  const told: string[] = [];
  try {
    const code = await runCommand(program, ['reminders', ...words], (line) =>
      told.push(line),
    );
    return { code, out, told };
  } finally {
    write.mockRestore();
  }
}

test('list tells what will go, when, and to how many phones, before it goes', async () => {
  expect((await reminders('list')).out).toBe(
    [
      '1  lundi 09/03 08:00  Paiement prévu: TM15-C2 (12/03 - 16/03), 2 téléphones',
      '2  jeudi 12/03 08:00  Paiement ouvert: TM15-C2 (12/03 - 16/03), 2 téléphones',
      '3  mardi 17/03 09:00  Paiement reçu ou non: TM15-C2 (12/03 - 16/03), 2 téléphones',
      '',
    ].join('\n'),
  );
  expect((await reminders('list', '--days', '1')).out).toMatch(/^1 .*\n$/);
  expect((await reminders('list', '--days', '0')).out).toBe(
    'Aucune annonce à venir.\n',
  );
  expect(await store.db.prisma.message.count()).toBe(0);
});

test('cancel takes a reminder back, planning does not bring it again, and the audit chain tells who', async () => {
  expect(await reminders('cancel', '1')).toMatchObject({ code: 0 });
  await programme().plan();
  clock.set('2026-03-09T08:00:00Z');
  expect(await programme().tick()).toEqual([]);
  expect(
    await store.db.prisma.auditEntry.findFirst({
      where: { action: 'reminder.cancel' },
    }),
  ).toMatchObject({ actor: 'cli', subject: 'reminder:1' });
});

test('cancel also takes back what is written and has not gone', async () => {
  clock.set('2026-03-09T08:00:00Z');
  await programme().write();
  expect((await reminders('cancel', '1')).out).toBe(
    'Annonce 1 retirée; SMS retirés avant leur départ: 2.\n',
  );
});

test('a number that no reminder has is refused', async () => {
  expect(await reminders('cancel', '99')).toMatchObject({
    code: 3,
    told: ["Il n'y a pas d'annonce 99."],
  });
});
