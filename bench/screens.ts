/** What the constant servers answer, by how often the caller has typed: the screens of the service, as long as its own. */
const screens = [
  "CON Jigisèmèjiri\n1 Mon paiement\n2 J'ai reçu / pas reçu\n3 Une demande\n4 Séances, farine, travaux\n5 Parler à quelqu'un\n6 Kan / Langue, numéro\n0 Quitter",
  'CON Tapez les 4 derniers chiffres de la carte.\nAutre téléphone: les 8 chiffres puis les 2 du dos.\n9 Sans carte\n0 Retour',
  "CON Paiement ouvert\njusqu'au 16/03\n30 000 F CFA (2 mois)\nMairie de Kita-Ouest\nCaisse rural\nPrenez votre carte\n1 Les derniers\n2 Problème\n0 Retour",
  "CON Paiement 6 sur 18\ndu 12/01 au 16/01\n2 029 000 F CFA\nL'agence n'a rien dit\n1 Problème\n0 Retour",
];

/** The answer to a path of the payment session. */
export function constantScreen(text: string): string {
  const typed = text === '' ? 0 : text.split('*').length;
  return screens[typed === 4 ? 2 : typed] ?? 'END';
}
