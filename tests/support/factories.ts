import type { Database } from '../../src/runtime/database';

/** A payment of a household under test; days are ISO. */
export interface PaymentStory {
  wave?: string;
  rule?: string;
  amountXof?: number;
  months?: number;
  instalment?: number;
  instalments?: number;
  window?: [string, string];
  newWindow?: [string, string] | undefined;
  waveStatus?: string;
  modality?: 'cash' | 'wallet' | 'bank';
  feePaidBy?: 'programme' | 'household';
  provider?: string;
  place?: string;
  zone?: 'normal' | 'insecure';
  result?: 'paid' | 'partial' | 'absent' | 'rejected' | 'returned';
}

interface GatheringStory {
  date: string;
  newDate?: string;
  time?: string;
  place?: string;
  status?: 'planned' | 'postponed' | 'cancelled';
}

let serial = 0;

/** A household told as a story: `aHousehold().withCard(…).on('+223…').owed({…})`. */
export interface HouseholdBuilder {
  withCard(number: string, check: string): HouseholdBuilder;
  on(
    msisdn: string,
    kind?: 'own' | 'family' | 'neighbour' | 'relay',
  ): HouseholdBuilder;
  situated(status: string): HouseholdBuilder;
  withAlternate(): HouseholdBuilder;
  owed(payment: PaymentStory): HouseholdBuilder;
  enrolled(from: string, to: string | null): HouseholdBuilder;
  meeting(session: GatheringStory): HouseholdBuilder;
  rationed(distribution: GatheringStory): HouseholdBuilder;
  working(
    days: number,
    dailyWageXof: number,
    window: [string, string],
  ): HouseholdBuilder;
  granted(status: string, amountXof: number): HouseholdBuilder;
  /** Writes it all. @returns the household's id */
  save(db: Database): Promise<number>;
}

/** Begins a household with nothing but a village of its own. */
export function aHousehold(): HouseholdBuilder {
  serial += 1;
  const own = serial;
  const village = `Village ${own}`;
  let card: { number: string; check: string } | undefined;
  let status = 'active';
  let alternate: string | undefined;
  const steps: ((db: Database, householdId: number) => Promise<unknown>)[] = [];
  const at = new Date('2026-01-01T00:00:00Z');
  const day = (iso: string): Date => new Date(iso);
  const place = {
    communeCode: 'TEST',
    village,
    villageKey: `village ${own}`,
    updatedAt: at,
  };

  const ruleId = async (db: Database, code: string): Promise<number> => {
    const rule = await db.prisma.benefitRule.upsert({
      where: { code },
      create: {
        code,
        programme: 'TM',
        financing: 'TEST',
        nameFr: 'Transfert',
        monthlyAmountXof: 15_000,
        monthsPerInstalment: 2,
        durationMonths: 36,
        validFrom: day('2020-01-01'),
      },
      update: {},
    });
    return rule.id;
  };

  const builder: HouseholdBuilder = {
    withCard(number, check) {
      card = { number, check };
      return builder;
    },
    on(msisdn, kind = 'own') {
      steps.push((db, householdId) =>
        db.prisma.phoneLink.create({
          data: {
            householdId,
            msisdn,
            kind,
            origin: 'register',
            startedAt: at,
          },
        }),
      );
      return builder;
    },
    situated(wanted) {
      status = wanted;
      return builder;
    },
    withAlternate() {
      alternate = 'Diarra';
      return builder;
    },
    owed(payment) {
      steps.push(async (db, householdId) => {
        const benefitRuleId = await ruleId(db, payment.rule ?? 'TM');
        const [from, to] = payment.window ?? ['2026-03-12', '2026-03-16'];
        serial += 1;
        const code = payment.wave ?? `W${serial}`;
        const wave = await db.prisma.wave.upsert({
          where: { code },
          create: {
            code,
            benefitRuleId,
            providerCode: 'P1',
            providerName: payment.provider ?? 'Caisse rurale',
            modality: payment.modality ?? 'cash',
            feePaidBy: payment.feePaidBy ?? null,
            windowStart: day(from),
            windowEnd: day(to),
            newWindowStart: payment.newWindow
              ? day(payment.newWindow[0])
              : null,
            newWindowEnd: payment.newWindow ? day(payment.newWindow[1]) : null,
            status: payment.waveStatus ?? 'announced',
            zoneProfile: payment.zone ?? 'normal',
            updatedAt: at,
            importedAt: at,
          },
          update: {},
        });
        const owed = await db.prisma.payment.create({
          data: {
            waveId: wave.id,
            householdId,
            benefitRuleId,
            instalmentNumber: payment.instalment ?? 3,
            instalmentsTotal: payment.instalments ?? 18,
            monthsCovered: payment.months ?? 2,
            amountXof: payment.amountXof ?? 30_000,
            payPoint: payment.place ?? 'Mairie de Kita-Ouest',
            status: 'planned',
            updatedAt: at,
          },
        });
        if (payment.result !== undefined) {
          await db.prisma.paymentResult.create({
            data: {
              paymentId: owed.id,
              result: payment.result,
              amountXof: payment.amountXof ?? 30_000,
              paidOn: day(from),
              updatedAt: at,
              importedAt: at,
            },
          });
        }
      });
      return builder;
    },
    enrolled(from, to) {
      steps.push(async (db, householdId) =>
        db.prisma.enrolment.create({
          data: {
            householdId,
            benefitRuleId: await ruleId(db, 'TM'),
            cohortStart: day(from),
            cohortEnd: to === null ? null : day(to),
            status: 'active',
            updatedAt: at,
          },
        }),
      );
      return builder;
    },
    meeting(session) {
      steps.push((db) => {
        serial += 1;
        return db.prisma.supportSession.create({
          data: {
            ...place,
            code: `S${serial}`,
            date: day(session.date),
            newDate: session.newDate ? day(session.newDate) : null,
            startTime: session.time ?? '09:00',
            place: session.place ?? 'Place du marché',
            theme: 'Planification familiale',
            status: session.status ?? 'planned',
          },
        });
      });
      return builder;
    },
    rationed(distribution) {
      steps.push(async (db, householdId) => {
        serial += 1;
        await db.prisma.nutritionEligibility.create({
          data: {
            householdId,
            personNumber: String(serial),
            kind: 'LACTATING',
            validFrom: day('2025-01-01'),
            validTo: null,
            status: 'active',
            updatedAt: at,
          },
        });
        await db.prisma.distribution.create({
          data: {
            ...place,
            code: `D${serial}`,
            date: day(distribution.date),
            newDate: distribution.newDate ? day(distribution.newDate) : null,
            startTime: distribution.time ?? '08:00',
            place: distribution.place ?? 'CSCom',
            status: distribution.status ?? 'planned',
          },
        });
      });
      return builder;
    },
    working(days, dailyWageXof, [from, to]) {
      steps.push((db, householdId) =>
        db.prisma.worksPeriod.create({
          data: {
            householdId,
            siteCode: 'H1',
            siteName: 'Piste de Sagabari',
            periodStart: day('2026-02-01'),
            periodEnd: day('2026-02-28'),
            daysRecorded: days,
            dailyWageXof,
            windowStart: day(from),
            windowEnd: day(to),
            status: 'active',
            updatedAt: at,
          },
        }),
      );
      return builder;
    },
    granted(wanted, amountXof) {
      steps.push(async (db, householdId) =>
        db.prisma.grant.create({
          data: {
            householdId,
            benefitRuleId: await ruleId(db, 'AGR'),
            status: wanted,
            amountXof,
            meetingDate: day('2026-03-20'),
            meetingPlace: 'Maison des femmes',
            updatedAt: at,
          },
        }),
      );
      return builder;
    },
    async save(db) {
      const household = await db.prisma.household.create({
        data: {
          ...place,
          householdNumber: `TEST-${own}`,
          cardNumber: card?.number ?? null,
          cardCheck: card?.check ?? null,
          recipientFirstName: 'Canarie',
          recipientLastName: 'Secrète',
          recipientSex: 'F',
          alternateLastName: alternate ?? null,
          alternateFirstName: alternate === undefined ? null : 'Moussa',
          status,
          importedAt: at,
        },
      });
      for (const step of steps) {
        await step(db, household.id);
      }
      return household.id;
    },
  };
  return builder;
}
