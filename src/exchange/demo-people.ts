/** The two printed numbers of a card: eight digits in front, two on the back. */
export interface DemoCard {
  readonly number: string;
  readonly check: string;
}

/** An invented person of the demo programme whom anybody may dial as. */
export interface DemoPerson {
  readonly key: string;
  /** Who she is, for the one who tries; French. */
  readonly title: string;
  /** The number to dial from. */
  readonly msisdn: string;
  /** The card she holds. */
  readonly card: DemoCard;
  /** Language of the first screens, as the register has it. */
  readonly locale: 'fr' | 'bm';
  /** What the service should answer, whatever the day; French. */
  readonly expect: string;
}

/**
 * The people of the demo programme. Everybody is invented. The numbers begin with +223 60 0, a block
 * taken for the demo only; the range belongs to an operator, so nothing may ever be sent to them:
 * a demo has no gateway. Their households are in demo-households.ts, dated from the day of the demo.
 */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    key: 'own-phone',
    title: 'Awa, son propre téléphone, paiement ouvert',
    msisdn: '+22360000001',
    card: { number: '90001201', check: '47' },
    locale: 'fr',
    expect:
      'Paiement en espèces ouvert à la mairie de Kita Ouest: 30 000 F CFA pour 2 mois, et deux paiements passés.',
  },
  {
    key: 'bambara',
    title: 'Sitan, lit peu, en bambara',
    msisdn: '+22360000002',
    card: { number: '90001302', check: '58' },
    locale: 'bm',
    expect:
      'Paiement annoncé dans les prochains jours à Koulikoro: 30 000 F CFA pour 2 mois. Écrans en bambara.',
  },
  {
    key: 'relay',
    title: 'Relais villageois, 14 ménages sur un téléphone',
    msisdn: '+22360000003',
    card: { number: '91010001', check: '21' },
    locale: 'fr',
    expect:
      'Les 4 chiffres ne suffisent pas: la carte entière et les 2 chiffres du dos sont demandés, puis un seul ménage répond.',
  },
  {
    key: 'great-relay',
    title: 'Relais communal, 60 ménages, fins de carte communes',
    msisdn: '+22360000004',
    card: { number: '92010001', check: '34' },
    locale: 'fr',
    expect:
      'Dix cartes finissent comme une autre: seule la carte entière avec ses 2 chiffres ouvre un ménage.',
  },
  {
    key: 'no-link',
    title:
      "Téléphone emprunté, inconnu du registre, avec la carte d'un ménage sans téléphone",
    msisdn: '+22360000005',
    card: { number: '90001605', check: '62' },
    locale: 'fr',
    expect:
      'Avec les 8 et les 2 chiffres: dates, agence et lieu du paiement, sans montant ni historique. Avec 4 chiffres: pas trouvé.',
  },
  {
    key: 'insecure',
    title: 'Fatoumata, Youwarou, zone peu sûre',
    msisdn: '+22360000006',
    card: { number: '90001706', check: '73' },
    locale: 'fr',
    expect:
      "Secours d'urgence ouvert: une période, jamais de lieu; les règles d'une zone peu sûre s'appliquent.",
  },
  {
    key: 'suspended',
    title: 'Ménage suspendu',
    msisdn: '+22360000007',
    card: { number: '90001807', check: '84' },
    locale: 'fr',
    expect: 'Le droit est suspendu: que faire, et à qui parler.',
  },
  {
    key: 'wallet',
    title: 'Oumou, payée sur Orange Money',
    msisdn: '+22360000008',
    card: { number: '90001908', check: '95' },
    locale: 'fr',
    expect:
      'Paiement unique de 90 000 F CFA par Orange Money, frais payés par le programme: ni lieu ni carte à prendre.',
  },
  {
    key: 'several',
    title: 'Djénéba, plusieurs aides à la fois',
    msisdn: '+22360000009',
    card: { number: '90002009', check: '16' },
    locale: 'fr',
    expect:
      'Deux paiements à venir par banque, 45 000 F CFA (3 mois) puis 250 000 F CFA avec 9, et un appui AGR.',
  },
  {
    key: 'unconfirmed',
    title: 'Kadiatou, payée le mois dernier, rien dit encore',
    msisdn: '+22360000010',
    card: { number: '90002110', check: '27' },
    locale: 'fr',
    expect:
      "Un paiement passé de 30 000 F CFA que l'agence dit payé: à confirmer ou à contester.",
  },
  {
    key: 'registered',
    title: 'Inscrite au registre, non retenue',
    msisdn: '+22360000011',
    card: { number: '90002211', check: '38' },
    locale: 'fr',
    expect: 'Inscrit ne veut pas dire payé; comment faire une demande.',
  },
  {
    key: 'ended',
    title: '36 mois terminés',
    msisdn: '+22360000012',
    card: { number: '90002312', check: '49' },
    locale: 'fr',
    expect: "La participation de 36 mois est terminée; plus d'autre paiement.",
  },
  {
    key: 'nothing-planned',
    title: 'Inscrite, rien de prévu pour le moment',
    msisdn: '+22360000013',
    card: { number: '90002413', check: '51' },
    locale: 'fr',
    expect: 'Aucun paiement prévu: quand rappeler.',
  },
  {
    key: 'postponed',
    title: 'Paiement reporté',
    msisdn: '+22360000014',
    card: { number: '90002514', check: '63' },
    locale: 'fr',
    expect: 'Le paiement est reporté: la nouvelle période est donnée.',
  },
  {
    key: 'cancelled',
    title: 'Paiement annulé',
    msisdn: '+22360000015',
    card: { number: '90002615', check: '74' },
    locale: 'fr',
    expect: 'Le paiement est annulé: à qui parler.',
  },
  {
    key: 'moved',
    title: 'Ménage parti dans une autre commune',
    msisdn: '+22360000016',
    card: { number: '90002716', check: '85' },
    locale: 'fr',
    expect: 'Le ménage est noté parti: comment le faire corriger.',
  },
  {
    key: 'closed',
    title: 'Dossier fermé',
    msisdn: '+22360000017',
    card: { number: '90002817', check: '96' },
    locale: 'fr',
    expect: 'Le dossier est fermé: comment faire une demande.',
  },
  {
    key: 'activities',
    title: 'Nana, séances, farine et travaux',
    msisdn: '+22360000018',
    card: { number: '90002918', check: '17' },
    locale: 'bm',
    expect:
      'Les deux prochaines séances et distributions, les jours de travaux comptés et la période de paie.',
  },
  {
    key: 'family-phone',
    title: 'Téléphone de famille, trois ménages, deux cartes de même fin',
    msisdn: '+22360000019',
    card: { number: '90013019', check: '28' },
    locale: 'fr',
    expect:
      'Deux ménages finissent par 3019: la carte entière est demandée. Le troisième (3119) entre par 4 chiffres.',
  },
  {
    key: 'absent',
    title: "Assitan, notée absente par l'agence",
    msisdn: '+22360000020',
    card: { number: '90003220', check: '39' },
    locale: 'fr',
    expect: "Un paiement passé noté absent par l'agence, et comment l'obtenir.",
  },
];

/** The person of a key; a key that does not exist is a fault of the code. */
export function demoPerson(key: string): DemoPerson {
  const person = DEMO_PEOPLE.find((someone) => someone.key === key);
  if (person === undefined) throw new RangeError(`no demo person "${key}"`);
  return person;
}
