/** What a page says after something was done: the address names it by a word, never by a sentence. */
export const notices = {
  'mot-de-passe':
    'Votre mot de passe est changé. Vos autres sessions sont fermées.',
  sessions: 'Les sessions sont fermées.',
  poste:
    'Le rôle et le territoire sont changés. Les sessions de cette personne sont fermées.',
  ferme: 'Le compte est fermé. Il n’ouvre plus rien.',
  rouvert:
    'Le compte est rouvert. Faites un lien pour que la personne choisisse un mot de passe.',
  facteur:
    'Le second facteur est retiré. Il sera redemandé à la prochaine connexion.',
  lien: 'Le mot de passe est choisi. Connectez-vous.',
  note: 'C’est noté, et scellé avec le reste.',
  clos: 'C’est détruit. Il n’en reste rien.',
  lectrice:
    'La personne a accès. Elle est prête quand elle a lu une fois avec sa phrase de passe.',
  sorti: 'Vous êtes déconnecté.',
  priseEnCompte: 'La demande est prise en compte.',
  attribuee: 'La demande est attribuée.',
  notee: 'La note est gardée.',
  questionnee: 'La question est posée. Le délai est arrêté jusqu’à la réponse.',
  repondue: 'La réponse est gardée.',
  reprise: 'La demande est reprise.',
  orientee: 'La personne est orientée, et le sait.',
  proposee: 'La réponse est proposée. La personne peut l’entendre.',
  close: 'La demande est close.',
  rouverte: 'La demande est rouverte, avec un nouveau délai.',
  recours: 'Le recours est enregistré. Une autre personne décidera.',
  approuvee: 'C’est approuvé, et fait.',
  renvoyee: 'La proposition est renvoyée.',
  liee: 'Les deux demandes sont liées.',
  reunie: 'La demande est close comme doublon.',
  nommee: 'C’est enregistré. La personne mise en cause ne voit pas la demande.',
  menacee:
    'Les menaces sont signalées. Le niveau nommé ne voit plus la demande.',
  reclassee: 'La catégorie est changée.',
  scellee:
    'La demande est scellée. Plus personne ici ne peut la lire; les points focaux sont prévenus.',
  rappelNote: 'C’est noté.',
  messageTraite: 'Le message n’est plus sur la liste.',
  messageRemis: 'Le message est de nouveau sur la liste.',
  rappelDemain: 'Personne n’a répondu: l’appel revient demain sur la liste.',
  attribuees: 'Les demandes choisies sont attribuées.',
  numeroChange: 'Le nouveau numéro est celui du ménage.',
  numeroRefuse: 'Le changement est refusé.',
  numeroAttend:
    'C’est approuvé. Un paiement est proche: une autre personne doit approuver aussi.',
  correctionReglee: 'La correction est réglée.',
  serviceAjoute: 'Le service est dans l’annuaire.',
  serviceVerifie: 'Vérifié aujourd’hui.',
  serviceRetire: 'Le service n’est plus proposé.',
  alerteVue: 'L’alerte est vue.',
  campagneEcrite: 'Le brouillon est écrit.',
  campagneChangee: 'La campagne est changée.',
  campagneSoumise: 'La campagne est soumise, et son public figé.',
  campagneApprouvee: 'La campagne est approuvée.',
  campagneRefusee: 'La campagne est renvoyée à son auteur.',
  campagneLancee: 'L’envoi est lancé.',
  campagneProgrammee: 'La campagne partira à son heure.',
  campagneSuspendue: 'L’envoi est suspendu.',
  campagneReprise: 'L’envoi a repris.',
  campagneAnnulee:
    'La campagne est annulée. Ce qui n’était pas parti est retiré.',
  campagneEssayee: 'L’essai est en route.',
  modeleGarde: 'Le modèle est gardé.',
  prixEcrit: 'Le prix est écrit.',
  attend: 'C’est noté. Une seconde personne doit approuver.',
  vue: 'La vue est gardée.',
  vueRetiree: 'La vue est retirée.',
} as const;

export type Notice = keyof typeof notices;

/** An address that says on arrival what was done. */
export function saying(path: string, notice: Notice): string {
  return `${path}${path.includes('?') ? '&' : '?'}fait=${notice}`;
}

/** The sentence of the word in an address; undefined for none or another. */
export function noticeOf(word: string | undefined): string | undefined {
  return word !== undefined && Object.hasOwn(notices, word)
    ? // Just seen to be one of the table's own words.
      notices[word as Notice]
    : undefined;
}
