import type { Database } from '../../src/runtime/database';
import { aHousehold } from '../support/factories';

/** A conversation to be had in every language. */
export interface Story {
  /** Name of its transcript. */
  name: string;
  title: string;
  from: string;
  /** What is typed after the dial. */
  keys: readonly string[];
  /** The language is not known yet: one screen more. */
  firstDial?: true;
  /** The counsellors' line is open. */
  counsellors?: true;
  /** At most so many screens from the dial to the last. */
  atMost?: number;
}

const own = '+22376000001';
const unlinked = '+22376000002';
const relay = '+22376000003';
const insecure = '+22376000004';
const wallet = '+22376000005';
const suspended = '+22376000006';
const registered = '+22376000007';
const ended = '+22376000008';
const postponed = '+22376000009';
const several = '+22376000010';
const quiet = '+22376000011';

/** Everybody who calls in the stories, as the register knows them. */
export async function tellEverybody(db: Database): Promise<void> {
  await aHousehold()
    .withCard('11115678', '90')
    .on(own)
    .enrolled('2025-01-01', '2027-12-31')
    .owed({})
    .owed({
      window: ['2026-01-12', '2026-01-16'],
      instalment: 2,
      result: 'paid',
    })
    .meeting({ date: '2026-03-18' })
    .meeting({ date: '2026-03-25', status: 'postponed', newDate: '2026-04-02' })
    .rationed({ date: '2026-03-19' })
    .rationed({ date: '2026-03-05' })
    .working(12, 1_500, ['2026-03-20', '2026-03-24'])
    .granted('selected', 120_000)
    .save(db);
  for (const [at, amountXof] of [30_000, 45_000].entries()) {
    await aHousehold()
      .withCard(`2222000${at}`, '1' + String(at))
      .on(relay, 'relay')
      .owed({ amountXof })
      .save(db);
  }
  await aHousehold()
    .withCard('33335678', '33')
    .on(insecure, 'relay')
    .owed({ zone: 'insecure', amountXof: 120_000, months: 1 })
    .meeting({ date: '2026-03-18' })
    .rationed({ date: '2026-03-05' })
    .save(db);
  await aHousehold()
    .withCard('44445678', '44')
    .on(wallet)
    .owed({
      modality: 'wallet',
      provider: 'Orange Money',
      feePaidBy: 'programme',
      window: ['2026-03-20', '2026-03-24'],
    })
    .save(db);
  await aHousehold()
    .withCard('55555678', '55')
    .on(suspended)
    .situated('suspended')
    .save(db);
  await aHousehold()
    .withCard('66665678', '66')
    .on(registered)
    .situated('registered')
    .save(db);
  await aHousehold()
    .withCard('77775678', '77')
    .on(ended)
    .enrolled('2022-01-01', '2024-12-31')
    .save(db);
  await aHousehold()
    .withCard('88885678', '88')
    .on(postponed)
    .owed({
      waveStatus: 'postponed',
      newWindow: ['2026-04-06', '2026-04-10'],
    })
    .save(db);
  await aHousehold()
    .withCard('99995678', '99')
    .on(several)
    .owed({ amountXof: 30_000 })
    .owed({
      rule: 'PROD',
      amountXof: 250_000,
      window: ['2026-04-01', '2026-04-05'],
    })
    .save(db);
  await aHousehold().withCard('10105678', '10').on(quiet).save(db);
}

/** The conversations that programme staff read, in the order of the menu. */
export const stories: readonly Story[] = [
  {
    name: 'montant',
    title: 'Son montant, sur son téléphone',
    from: own,
    keys: ['1', '5678'],
    atMost: 3,
  },
  {
    name: 'montant-premier-appel',
    title: 'Le premier appel: la langue, puis le montant',
    from: own,
    keys: ['1', '5678'],
    firstDial: true,
    atMost: 4,
  },
  {
    name: 'montant-derniers',
    title: 'Les derniers paiements',
    from: own,
    keys: ['1', '5678', '1', '0', '0', '0'],
  },
  {
    name: 'telephone-emprunte',
    title: 'La carte entière depuis un téléphone emprunté',
    from: unlinked,
    keys: ['1', '1111567890'],
    atMost: 3,
  },
  {
    name: 'relais',
    title: "Le téléphone d'un relais",
    from: relay,
    keys: ['1', '0001'],
    atMost: 3,
  },
  {
    name: 'zone-peu-sure',
    title: 'Zone peu sûre, téléphone du relais',
    from: insecure,
    keys: ['1', '5678'],
    atMost: 3,
  },
  {
    name: 'zone-peu-sure-activites',
    title: 'Zone peu sûre: ni jour ni lieu, sur aucun écran',
    from: insecure,
    keys: ['4', '5678', '1', '0', '2', '2'],
  },
  {
    name: 'porte-monnaie',
    title: 'Paiement par téléphone',
    from: wallet,
    keys: ['1', '5678'],
    atMost: 3,
  },
  {
    name: 'suspendu',
    title: 'Ménage suspendu',
    from: suspended,
    keys: ['1', '5678'],
    atMost: 3,
  },
  {
    name: 'inscrit-pas-retenu',
    title: 'Inscrit au registre, pas retenu',
    from: registered,
    keys: ['1', '5678'],
    atMost: 3,
  },
  {
    name: 'duree-finie',
    title: 'Les 36 mois sont finis',
    from: ended,
    keys: ['1', '5678'],
    atMost: 3,
  },
  {
    name: 'reporte',
    title: 'Paiement reporté',
    from: postponed,
    keys: ['1', '5678'],
    atMost: 3,
  },
  {
    name: 'deux-aides',
    title: 'Deux aides, la plus proche en premier',
    from: several,
    keys: ['1', '5678', '9'],
  },
  {
    name: 'rien-prevu',
    title: 'Rien de prévu',
    from: quiet,
    keys: ['1', '5678'],
    atMost: 3,
  },
  {
    name: 'tout-recu',
    title: 'Tout reçu',
    from: own,
    keys: ['2', '5678', '1'],
    atMost: 4,
  },
  {
    name: 'montant-en-dorome',
    title: 'Le montant dit en unités de 5 F',
    from: own,
    keys: ['2', '5678', '2', '6000', '2'],
  },
  {
    name: 'montant-en-dorome-emprunte',
    title: "Le montant dit en unités de 5 F, d'un téléphone sans lien",
    from: unlinked,
    keys: ['2', '1111567890', '2', '6000', '2', '3'],
  },
  {
    name: 'pas-le-bon-montant',
    title: 'Reçu, pas le bon montant, avec suivi',
    from: own,
    keys: ['2', '5678', '2', '25000', '1', '2'],
  },
  {
    name: 'rien-recu-encore-ouvert',
    title: 'Rien reçu, le paiement est encore ouvert',
    from: own,
    keys: ['2', '5678', '3', '1'],
  },
  {
    name: 'argent-demande',
    title: "On m'a demandé de l'argent, sans mon nom",
    from: own,
    keys: ['2', '5678', '4', '2', '1'],
  },
  {
    name: 'demande-paiement',
    title: 'Une demande sur un paiement',
    from: own,
    keys: ['3', '1', '5678', '1', '3'],
    atMost: 6,
  },
  {
    name: 'demande-carte',
    title: 'Carte abîmée',
    from: own,
    keys: ['3', '2', '2', '5678', '3'],
    atMost: 6,
  },
  {
    name: 'demande-nouveau-numero',
    title: 'Un nouveau numéro',
    from: own,
    keys: ['3', '2', '4', '5678', '66010203'],
  },
  {
    name: 'demande-sans-nom',
    title: 'Sans nom, avec le code de la commune',
    from: unlinked,
    keys: ['3', '4', '2', '4', '999999', '010506'],
  },
  {
    name: 'menace',
    title: 'On me menace',
    from: own,
    keys: ['3', '4', '3', '4'],
  },
  {
    name: 'accident',
    title: 'Accident au travail',
    from: own,
    keys: ['3', '5', '3', '2'],
  },
  {
    name: 'remerciement',
    title: 'Dire merci',
    from: own,
    keys: ['3', '6', '1'],
  },
  {
    name: 'seances',
    title: 'Les prochaines séances',
    from: own,
    keys: ['4', '5678', '1', '9'],
  },
  {
    name: 'distribution',
    title: 'La prochaine distribution, et celle qui est passée',
    from: own,
    keys: ['4', '5678', '2'],
  },
  {
    name: 'travaux',
    title: 'Jours de travail',
    from: own,
    keys: ['4', '5678', '3'],
  },
  {
    name: 'appui',
    title: "L'appui à une activité",
    from: own,
    keys: ['4', '5678', '4'],
  },
  {
    name: 'rappel',
    title: 'Un agent me rappelle',
    from: own,
    keys: ['5', '1', '1', '1'],
    atMost: 5,
  },
  {
    name: 'rappel-femme',
    title: 'Un agent me rappelle: une femme, en bambara, sur un autre numéro',
    from: own,
    keys: ['5', '1', '2', '66123456', '4', '2', '3'],
  },
  {
    name: 'conseillere',
    title: 'Une conseillère me rappelle',
    from: own,
    keys: ['5', '2', '1', '1'],
    atMost: 5,
    counsellors: true,
  },
  {
    name: 'conseillere-absente',
    title: 'Une conseillère, tant que personne ne lit',
    from: own,
    keys: ['5', '2'],
  },
  {
    name: 'numeros',
    title: 'Les numéros à appeler',
    from: unlinked,
    keys: ['5', '3'],
  },
  { name: 'langue', title: 'Changer de langue', from: own, keys: ['6', '1'] },
  {
    name: 'sms-non',
    title: 'Plus de SMS sur ce téléphone',
    from: own,
    keys: ['6', '2'],
  },
  {
    name: 'carte-fausse',
    title: 'Trois cartes fausses',
    from: own,
    keys: ['1', '0000', '1111', '2222'],
  },
  {
    name: 'sans-carte',
    title: 'Sans carte',
    from: unlinked,
    keys: ['1', '9', '1'],
  },
  {
    name: 'touche-fausse',
    title: 'Une touche fausse, puis la suite',
    from: own,
    keys: ['8', '7', '1', '0', '00'],
  },
];
