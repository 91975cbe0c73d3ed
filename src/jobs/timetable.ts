import type { SmsGateway } from '../channels/sms-contract';
import type { CampaignGround } from '../campaigns/campaign-desk';
import { endWaiting } from '../complaints/end-waiting';
import { escalateComplaints } from '../complaints/escalate-complaints';
import { refreshFigures } from '../complaints/refresh-figures';
import { stirNameless } from '../complaints/stir-nameless';
import { IMPORT_CONNECTIONS } from '../exchange/import-file';
import { reminderSources } from '../exchange/reminder-sources';
import { importUploads, isUploadWaiting } from '../exchange/import-uploads';
import { takeInFolder } from '../exchange/watch-folder';
import type { SmsWording } from '../messaging/compose';
import { planReminders } from '../messaging/plan-reminders';
import { isAnythingDue, writeReminders } from '../messaging/write-reminders';
import { watchBalances } from '../messaging/watch-balances';
import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import { withLock } from '../runtime/lock';
import type { Log } from '../runtime/logger';
import { retain } from '../staff/retain';
import { stirEffects } from '../ussd/stir-effects';
import { campaignJobs } from './campaign-jobs';
import { forgetOldTraces } from './forget';
import { patiently } from './patiently';
import { reportJobs } from './report-jobs';
import type { Job } from './run-every';

const minuteMs = 60_000;

/**
 * Imports run on connections of their own, which wait for long statements. When the process ends they are cut:
 * a file that is not done stays where it is, and what was applied of it is unchanged the next time.
 */
function takeInRegister(
  { clock, log, databaseUrl }: TimetableDeps,
  importDir: string,
): Job['run'] {
  return (stopping) =>
    patiently(
      databaseUrl,
      stopping,
      async (db) => {
        const taken = await takeInFolder({ db, clock, log }, importDir);
        return taken.done.length + taken.failed.length;
      },
      IMPORT_CONNECTIONS,
    );
}

function endKeeping(deps: TimetableDeps): Job['run'] {
  return (stopping) =>
    patiently(deps.databaseUrl, stopping, async (db) => {
      const done = await retain({ db, clock: deps.clock, actor: 'worker' });
      return done.kind === 'busy'
        ? 0
        : done.value.reduce((sum, { rows }) => sum + rows, 0);
    });
}

/** Dates change by files, which plan at once; this finds what another way changed, and what came near. */
function planAhead(deps: TimetableDeps): Job['run'] {
  return (stopping) =>
    patiently(deps.databaseUrl, stopping, async (db) => {
      const { clock } = deps;
      const done = await planReminders({ db, clock }, reminderSources);
      return done.planned + done.cancelled;
    });
}

function writeWhatIsDue(deps: TimetableDeps): Job['run'] {
  return async (stopping) => {
    if (!(await isAnythingDue(deps))) return 0;
    return patiently(deps.databaseUrl, stopping, async (db) => {
      const { clock, wording } = deps;
      const desk = { db, clock, wording, sources: reminderSources };
      return (await writeReminders(desk)).messages;
    });
  };
}

/** Files that staff sent to the console, on connections as register files from a folder have them. */
function importWhatWaits(deps: TimetableDeps): Job['run'] {
  return async (stopping) => {
    if (!(await isUploadWaiting(deps.db))) return 0;
    const { clock, log, databaseUrl } = deps;
    return patiently(
      databaseUrl,
      stopping,
      (db) => importUploads({ db, clock, log }),
      // The file is read from the store too, and how far one is is written there.
      IMPORT_CONNECTIONS + 2,
    );
  };
}

/** How many effects were stirred is not told: minute by minute it would be how many calls did something. */
async function stirTraces({ db, clock }: TimetableDeps): Promise<number> {
  const settled = await stirNameless({ db, clock });
  await stirEffects(db);
  return settled;
}

/** What the jobs work with. */
export interface TimetableDeps {
  db: Database;
  clock: Clock;
  log: Log;
  databaseUrl: string;
  wording: SmsWording;
  campaigns: CampaignGround;
  /** Register files are taken in from here; absent: from nowhere. */
  importDir: string | undefined;
  /** Gateways that may tell of their balance, by name. */
  smsGateways: ReadonlyMap<string, SmsGateway>;
}

/** Every job of the service with its period. Each runs in one process at a time, whichever it is. */
export function timetable(deps: TimetableDeps): Job[] {
  const alone = (
    name: string,
    everyMs: Job['everyMs'],
    run: Job['run'],
    { isUntold }: Pick<Job, 'isUntold'> = {},
  ): Job => ({
    ...{ name, everyMs, ...(isUntold && { isUntold }) },
    async run(stopping) {
      const done = await withLock(deps.db, `job ${name}`, () => run(stopping));
      return done.kind === 'done' ? done.value : 0;
    },
  });
  const desk = { ...deps.campaigns, ...deps };
  return [
    alone('watch balances', minuteMs, () =>
      watchBalances({ ...deps, gateways: deps.smsGateways }),
    ),
    ...[...reportJobs(deps), ...campaignJobs({ ...deps, desk })].map((job) =>
      alone(job.name, job.everyMs, (stopping) => job.run(stopping), job),
    ),
    alone('forget old traces', 10 * minuteMs, () => forgetOldTraces(deps)),
    alone('stir nameless requests', minuteMs, () => stirTraces(deps)),
    alone('escalate requests', 10 * minuteMs, (stopping) =>
      escalateComplaints(deps, stopping),
    ),
    alone('end waiting', 10 * minuteMs, (stopping) =>
      endWaiting(deps, stopping),
    ),
    alone('retention', 60 * minuteMs, endKeeping(deps)),
    // Every minute it looks whether they are old: the first are there soon after a start.
    alone('make figures', minuteMs, (stopping) =>
      patiently(deps.databaseUrl, stopping, (db) =>
        refreshFigures({ db, clock: deps.clock }),
      ),
    ),
    alone('import uploads', minuteMs / 20, importWhatWaits(deps)),
    alone('plan reminders', 10 * minuteMs, planAhead(deps)),
    alone('write reminders', minuteMs, writeWhatIsDue(deps)),
    ...(deps.importDir === undefined
      ? []
      : [
          alone(
            'take in register files',
            minuteMs / 6,
            takeInRegister(deps, deps.importDir),
          ),
        ]),
  ];
}
