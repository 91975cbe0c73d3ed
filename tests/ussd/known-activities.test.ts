import { flowNames } from '../../flows/contract';
import type { Dossier } from '../../flows/contract';
import { flowsOfActivities } from '../../src/ussd/know-activities';
import { chartAt } from '../../src/ussd/turn';
import { eventsAt, exploreAs } from '../flows/explore';
import type { Visit } from '../flows/explore';
import { testDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { aPhone } from '../support/phone';
import { ussdHouse } from '../support/ussd-house';

/** The same caller before anybody has read what there is besides money. */
function withoutActivities(dossier: Dossier): Dossier {
  if (dossier.household === undefined) return dossier;
  const { ration: _, ...household } = dossier.household;
  const none = { sessions: [], distributions: [], works: [], grants: [] };
  return { ...dossier, household: { ...household, ...none } };
}

/** All that a screen is made of, and what it takes. */
function madeOf({ flow, position }: Visit, dossier: Dossier): unknown {
  const chart = chartAt(flow, position, dossier);
  return {
    values: flow.values(position.state, { ...position.memory, dossier }),
    taken: eventsAt({ flow, position, dossier, who: '', commands: [] }).filter(
      (event) => chart.takes(event),
    ),
  };
}

test.each(flowNames.filter((name) => !flowsOfActivities.has(name)))(
  'no screen of %s changes with the activities that it was not given',
  (name) => {
    for (const visit of exploreAs(name, 'own phone')) {
      const { dossier } = visit;
      expect(madeOf(visit, withoutActivities(dossier))).toEqual(
        madeOf(visit, dossier),
      );
    }
  },
);

describe('a caller with a payment, a session and a ration', () => {
  const own = '+22376123456';
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await database.db.prisma.phone.create({
      data: { msisdn: own, locale: 'fr' },
    });
  });
  afterAll(() => database.close());

  test('is told of the session and the flour after the payment, and again on the way back', async () => {
    const house = ussdHouse(database.db);
    const today = house.clock.today();
    await aHousehold()
      .withCard('12345678', '90')
      .on(own)
      .owed({})
      .meeting({ date: today, place: 'Salcanari' })
      .rationed({ date: today, place: 'Distcanari' })
      .save(database.db);
    const phone = aPhone(house, own);
    await phone.dial();
    expect(await phone.type('1', '5678')).toContain('30 000 F CFA');
    expect(await phone.type('00', '4', '1')).toContain('Salcanari');
    expect(await phone.type('0', '2')).toContain('Distcanari');
    expect(await phone.type('0', '1')).toContain('Salcanari');
  });
});
