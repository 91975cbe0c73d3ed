import path from 'node:path';
import { Argument, type Command } from 'commander';
import type { CampaignDesk } from '../campaigns/campaign-desk';
import { approveCampaign, rejectCampaign } from '../campaigns/decide-campaign';
import {
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
} from '../campaigns/lead-campaign';
import { findCampaign } from '../campaigns/queries';
import { scheduleCampaign, startCampaign } from '../campaigns/start-campaign';
import { lintOf, submitCampaign } from '../campaigns/submit-campaign';
import { mostTested, sendTest } from '../campaigns/test-campaign';
import {
  type CampaignExport,
  campaignExports,
  exportCampaign,
} from '../exchange/export-campaign';
import type { StaffMember } from '../staff/staff-member';
import { acting, actorOf, deskOf } from './campaign-house';
import { toldFindings } from './campaign-lines';
import { gathered, readWhole } from './campaign-options';
import { inHouse, type OpenHouse } from './command-house';
import { refuseUnwritable } from './refuse-unwritable';

const print = (lines: readonly string[]): void =>
  void process.stdout.write(`${lines.join('\n')}\n`);

/** What a command that acts does, and what it says then. */
type Act = (
  desk: CampaignDesk,
  actor: StaffMember,
  id: number,
) => Promise<string>;

const acts: readonly [string, string, Act][] = [
  [
    'submit',
    'Fige le public et soumet la campagne à une autre personne',
    async (desk, actor, id) =>
      `Campagne ${id} soumise. Empreinte: ${await submitCampaign(desk, actor, id)}`,
  ],
  [
    'start',
    'Lance une campagne approuvée, ou la programme à son heure',
    async (desk, actor, id) => {
      const { scheduledAt } = await findCampaign(desk.db, id);
      if (scheduledAt !== null && scheduledAt > desk.clock.now()) {
        await scheduleCampaign(desk, actor, id);
        return `Campagne ${id}: elle commencera à son heure.`;
      }
      return `Campagne ${id} lancée: ${await startCampaign(desk, actor, id)} SMS écrits.`;
    },
  ],
  [
    'pause',
    'Suspend une campagne',
    async (desk, actor, id) => {
      await pauseCampaign(desk, actor, id);
      return `Campagne ${id} suspendue: plus rien ne part, sauf ce qui est déjà parti dans la seconde.`;
    },
  ],
  [
    'cancel',
    "Annule une campagne et retire ce qui n'est pas parti",
    async (desk, actor, id) =>
      `Campagne ${id} annulée: ${await cancelCampaign(desk, actor, id)} SMS retirés avant leur départ.`,
  ],
];

/** Commands that change a campaign, each under the account that is named. */
export function addCampaignActs(campaigns: Command, open: OpenHouse): void {
  for (const [verb, description, act] of acts)
    acting(campaigns, verb, description).action(
      (id: number, { as }: { as: string }) =>
        inHouse(open, async (house) => {
          const actor = await actorOf(house, as);
          print([await act(deskOf(house), actor, id)]);
        }),
    );
  acting(campaigns, 'resume', 'Laisse repartir une campagne')
    .option(
      '--ceiling <montant>',
      'le nouveau plafond, en F CFA, pour une campagne qui a trop coûté',
      readWhole,
    )
    .action((id: number, options: { as: string; ceiling?: number }) =>
      inHouse(open, async (house) => {
        const actor = await actorOf(house, options.as);
        await resumeCampaign(deskOf(house), actor, id, options.ceiling);
        print([`Campagne ${id} reprise.`]);
      }),
    );
  acting(campaigns, 'approve', 'Approuve une campagne soumise par un autre')
    .requiredOption('--fingerprint <empreinte>', "l'empreinte que l'on a lue")
    .action((id: number, options: { as: string; fingerprint: string }) =>
      inHouse(open, async (house) => {
        const actor = await actorOf(house, options.as);
        const desk = deskOf(house);
        const warnings = await lintOf(desk, await findCampaign(desk.db, id));
        await approveCampaign(desk, actor, id, options.fingerprint);
        print([...toldFindings(warnings), `Campagne ${id} approuvée.`]);
      }),
    );
  acting(campaigns, 'reject', 'Renvoie une campagne soumise à son auteur')
    .requiredOption('--because <raison>', 'pourquoi: son auteur le lira')
    .action((id: number, options: { as: string; because: string }) =>
      inHouse(open, async (house) => {
        const actor = await actorOf(house, options.as);
        await rejectCampaign(deskOf(house), actor, id, options.because);
        print([`Campagne ${id} renvoyée à son auteur.`]);
      }),
    );
  acting(campaigns, 'test', 'Envoie tous ses textes à des numéros du personnel')
    .requiredOption(
      '--to <numéro>',
      `un numéro malien, plusieurs fois au besoin, ${mostTested} au plus`,
      gathered,
    )
    .action((id: number, options: { as: string; to: string[] }) =>
      inHouse(open, async (house) => {
        const actor = await actorOf(house, options.as);
        const sent = await sendTest(deskOf(house), actor, id, options.to);
        print([`Campagne ${id}: ${sent} SMS d'essai partent.`]);
      }),
    );
}

/** Writes what came of a campaign to a file. */
export function addCampaignExport(campaigns: Command, open: OpenHouse): void {
  acting(campaigns, 'export', 'Écrit le tableau ou la liste à visiter en CSV')
    .addArgument(
      new Argument('<quoi>', 'board: les villages; calls: qui visiter').choices(
        campaignExports,
      ),
    )
    .requiredOption('--out <fichier>', 'le fichier à écrire')
    .action(
      (
        id: number,
        what: CampaignExport,
        options: { as: string; out: string },
      ) =>
        inHouse(open, async (house) => {
          const file = path.resolve(options.out);
          await refuseUnwritable(path.dirname(file));
          const actor = `officer:${(await actorOf(house, options.as)).id}`;
          const request = { id, what, file, actor };
          const rows = await exportCampaign(house.db, request);
          print([`${rows} lignes dans ${file}.`]);
        }),
    );
}
