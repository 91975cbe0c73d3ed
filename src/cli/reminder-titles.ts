/** What each rule tells, in the words of staff. */
const titles: Readonly<Record<string, string>> = {
  'payment.announced': 'Paiement prévu',
  'payment.available': 'Paiement ouvert',
  'payment.unconfirmed': 'Paiement reçu ou non',
  'payment.moved': 'Paiement, nouvelles dates',
  'payment.postponed': 'Paiement reporté',
  'payment.cancelled': 'Paiement annulé',
  'session.reminder': 'Séance',
  'session.moved': 'Séance, nouveau jour',
  'session.postponed': 'Séance reportée',
  'session.cancelled': 'Séance annulée',
  'distribution.reminder': 'Distribution',
  'distribution.moved': 'Distribution, nouveau jour',
  'distribution.postponed': 'Distribution reportée',
  'distribution.cancelled': 'Distribution annulée',
  'benefit.endsInThreeMonths': 'Fin de participation dans trois mois',
  'benefit.endsInOneMonth': 'Fin de participation dans un mois',
};

/** The title of a rule; its name where an earlier release had it. */
export function reminderTitle(rule: string): string {
  return titles[rule] ?? rule;
}
