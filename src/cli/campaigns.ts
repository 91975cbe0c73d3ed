import { type Command, Option } from 'commander';
import { campaignBoard } from '../campaigns/board';
import type { CampaignDesk } from '../campaigns/campaign-desk';
import { draftCampaign } from '../campaigns/draft-campaign';
import { previewCampaign } from '../campaigns/preview-campaign';
import { campaignProgress } from '../campaigns/progress';
import { findCampaign, listCampaigns } from '../campaigns/queries';
import { reckonCampaign } from '../campaigns/reckon-campaign';
import { lintOf } from '../campaigns/submit-campaign';
import { addCampaignActs, addCampaignExport } from './campaign-acts';
import { addCampaignCosts } from './campaign-costs';
import { actorOf, deskOf, number } from './campaign-house';
import {
  toldBoard,
  toldFindings,
  toldList,
  toldNumbers,
  toldPreview,
  toldStatus,
} from './campaign-lines';
import {
  draftOf,
  gathered,
  type NewOptions,
  readWhole,
} from './campaign-options';
import { inHouse, type OpenHouse } from './command-house';
import { readInstant } from './read-instant';

const print = (lines: readonly string[]): void =>
  void process.stdout.write(`${lines.join('\n')}\n`);

/** `campaign …`: SMS campaigns, as the console has them; each act is somebody's, who is named by `--as`. */
export function addCampaignCommands(program: Command, open: OpenHouse): void {
  const campaigns = program
    .command('campaign')
    .description(
      'Les campagnes SMS: préparer, faire approuver, envoyer, suivre',
    );
  campaigns
    .command('list')
    .description("Montre les campagnes, la plus récente d'abord")
    .action(() =>
      inHouse(open, async ({ db }) => print(toldList(await listCampaigns(db)))),
    );
  addNew(campaigns, open);
  addLooks(campaigns, open);
  addCampaignActs(campaigns, open);
  addCampaignExport(campaigns, open);
  addCampaignCosts(campaigns, open);
}

function addNew(campaigns: Command, open: OpenHouse): void {
  campaigns
    .command('new')
    .description('Écrit un brouillon et montre son numéro')
    .requiredOption('--as <identifiant>', 'le compte qui le fait')
    .requiredOption('--title <titre>', 'un titre pour le personnel')
    .requiredOption('--texts <fichier>', 'les textes par langue, en JSON')
    .requiredOption(
      '--ceiling <montant>',
      'le plafond de coût, en F CFA',
      readWhole,
    )
    .option('--wave <code>', 'la vague dont elle parle')
    .option('--distribution <code>', 'la distribution dont elle parle')
    .option('--session <code>', 'la séance dont elle parle')
    .option('--region <code>', 'une région, plusieurs fois au besoin', gathered)
    .option('--cercle <code>', 'un cercle, plusieurs fois au besoin', gathered)
    .option(
      '--commune <code>',
      'une commune, plusieurs fois au besoin',
      gathered,
    )
    .option('--rule <code>', 'une règle de prestation', gathered)
    .option('--language <code>', 'une langue', gathered)
    .addOption(
      new Option('--sex <sexe>', 'le sexe du récipiendaire').choices([
        'F',
        'M',
      ]),
    )
    .addOption(
      new Option(
        '--standing <état>',
        'prévenus, pas prévenus, sans réponse',
      ).choices(['told', 'notTold', 'unconfirmed']),
    )
    .option('--households <fichier>', 'une liste de numéros de ménages')
    .option('--failures <pourcent>', "la part d'échecs qui l'arrête", readWhole)
    .option('--at <instant>', 'quand elle commence', readInstant)
    .option('--financing <code>', 'qui paie')
    .option('--because <raison>', 'pourquoi un texte dépasse une partie')
    .action((options: NewOptions) =>
      inHouse(open, async (house) => {
        const actor = await actorOf(house, options.as);
        const draft = await draftOf(options);
        const id = await draftCampaign(deskOf(house), actor, draft);
        print([`Campagne ${id}: brouillon.`]);
      }),
    );
}

/** What a command that only looks prints. */
type Look = (desk: CampaignDesk, id: number) => Promise<string[]>;

const looks: readonly [string, string, Look][] = [
  [
    'preview',
    'Montre les textes comme dix téléphones de chaque sorte les liront',
    async (desk, id) => {
      const campaign = await findCampaign(desk.db, id);
      return [
        ...toldFindings(await lintOf(desk, campaign)),
        ...toldPreview(await previewCampaign(desk, campaign)),
      ];
    },
  ],
  [
    'numbers',
    'Compte les SMS, leur coût, leur durée, et les appels à attendre',
    async (desk, id) =>
      toldNumbers(await reckonCampaign(desk, await findCampaign(desk.db, id))),
  ],
  [
    'status',
    'Montre où en est une campagne',
    async (desk, id) =>
      toldStatus(
        await findCampaign(desk.db, id),
        await campaignProgress(desk, id),
      ),
  ],
  [
    'board',
    'Montre, village par village, qui a été prévenu',
    async (desk, id) => toldBoard(await campaignBoard(desk.db, id)),
  ],
];

function addLooks(campaigns: Command, open: OpenHouse): void {
  for (const [verb, description, look] of looks)
    campaigns
      .command(verb)
      .description(description)
      .addArgument(number())
      .action((id: number) =>
        inHouse(open, async (house) => print(await look(deskOf(house), id))),
      );
}
