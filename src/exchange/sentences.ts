/** What the values of a sentence are called. */
export type SentenceValues = Readonly<Record<string, string | number>>;

/**
 * What the staff of the register read about a row that was not taken in: what is wrong, then what to write.
 * One sentence for one kind of fault, whatever the column.
 */
export const SENTENCES = {
  required: 'Cette cellule est vide: écrivez la valeur, elle est obligatoire.',
  code: 'Code illisible: écrivez seulement des lettres sans accent, des chiffres et . _ / -, sans espace.',
  tooLong: 'Texte trop long: écrivez au plus {{most}} caractères.',
  formula:
    'Formule de tableur refusée: le texte ne peut pas commencer par = + - @; écrivez le texte seul.',
  control:
    'Caractère invisible dans la cellule (tabulation, retour à la ligne, NUL ou autre): effacez-le.',
  encoding:
    "Lettres illisibles: la ligne n'est pas en UTF-8; réécrivez les accents et enregistrez le fichier en UTF-8.",
  noLetter: 'Nom illisible: écrivez au moins une lettre.',
  digits: 'Écrivez exactement {{count}} chiffres, sans espace.',
  choice: "Valeur inconnue: écrivez l'une de celles-ci: {{choices}}.",
  wholeAmount:
    'Montant illisible: écrivez des francs CFA entiers, en chiffres seulement, par exemple 30000.',
  amountRange:
    'Montant hors limites: écrivez un montant de {{least}} à {{most}}.',
  wholeNumber:
    'Nombre illisible: écrivez un nombre entier, en chiffres seulement.',
  numberRange:
    'Nombre hors limites: écrivez un nombre de {{least}} à {{most}}.',
  day: 'Date illisible: écrivez-la ainsi: 2026-03-12 (année-mois-jour).',
  noSuchDay:
    "Cette date n'existe pas dans le calendrier: corrigez le jour ou le mois.",
  dayRange: 'Date hors limites: écrivez une année de 1990 à 2100.',
  futureDay: "Cette date est dans l'avenir: écrivez la date réelle.",
  month: 'Mois illisible: écrivez-le ainsi: 2026-03 (année-mois).',
  instant:
    'Date et heure illisibles: écrivez-les ainsi, avec le fuseau: 2026-03-12T08:00:00Z.',
  futureInstant:
    "Cette date est dans l'avenir de plus d'un jour: écrivez la date réelle de la modification.",
  time: 'Heure illisible: écrivez-la ainsi: 08:30 (de 00:00 à 23:59).',
  phone:
    'Numéro de téléphone illisible: écrivez un numéro mobile malien de 8 chiffres, par exemple 76 12 34 56.',
  phoneOwnerMissing:
    'Le numéro est donné mais pas à qui est le téléphone: écrivez own, family, neighbour ou relay.',
  phoneOwnerNone:
    'Un numéro est donné: écrivez à qui est le téléphone (own, family, neighbour ou relay), ou effacez le numéro.',
  phoneMissing:
    "Le téléphone appartient à quelqu'un mais le numéro manque: écrivez le numéro, ou none dans phone_owner.",
  cardNumberMissing:
    'Les 2 chiffres du dos sont donnés: écrivez aussi les 8 chiffres de la carte.',
  alternateHalf:
    'Le suppléant a un prénom et un nom: écrivez les deux, ou effacez les deux.',
  communeMissing:
    'Commune absente: écrivez le pcode, ou le cercle et la commune.',
  pcodeUnknown:
    'Pcode inconnu: écrivez le code OCHA de la commune, par exemple ML010515.',
  communeUnknown:
    'Commune inconnue dans ce cercle: corrigez le nom, ou écrivez son pcode.',
  cercleUnknown: 'Cercle inconnu: corrigez le nom, ou écrivez le pcode.',
  communeRepeated:
    'Plusieurs communes portent ce nom: écrivez aussi le cercle, ou le pcode ({{choices}}).',
  communeContradiction:
    "Le pcode est celui d'une autre commune ({{name}}): corrigez le pcode ou le nom.",
  oneAmount:
    'Écrivez un seul des deux montants: par mois (monthly_amount_xof) ou unique (lump_sum_xof).',
  endBeforeStart:
    "La fin est avant le début ({{start}}): corrigez l'une des deux dates.",
  instalmentBeyond:
    "Le numéro de l'échéance dépasse leur nombre ({{total}}): corrigez l'un des deux.",
  newDateMissing:
    'Reporté sans nouvelle date: écrivez la nouvelle date, ou changez le statut.',
  birthMonthNotChild:
    "Le mois de naissance ne s'écrit que pour un enfant (CHILD): effacez-le.",
  cellCount:
    'La ligne a {{found}} cellules au lieu de {{expected}}: un séparateur manque ou est de trop; un texte qui contient le séparateur se met entre guillemets.',
  quote:
    "Guillemet mal placé: fermez-le à la fin du texte, ou doublez-le s'il fait partie du texte.",
  householdUnknown:
    "Ménage inconnu: importez d'abord le ménage, ou corrigez son numéro.",
  ruleUnknown:
    "Règle de prestation inconnue: importez d'abord la règle, ou corrigez son code.",
  waveUnknown:
    "Vague inconnue: importez d'abord la vague, ou corrigez son code.",
  paymentUnknown:
    "Aucun paiement de cette vague, de ce ménage et de cette règle: importez d'abord la liste, ou corrigez la clé.",
  sameDateOtherContent:
    'La ligne a changé mais sa date de modification est celle déjà connue: écrivez la date de cette modification.',
} as const;

/** Which sentence says what is wrong. */
export type SentenceKey = keyof typeof SENTENCES;

/** A sentence with its values in place. */
export function sentence(
  key: SentenceKey,
  values: SentenceValues = {},
): string {
  return SENTENCES[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
    String(values[name] ?? ''),
  );
}
