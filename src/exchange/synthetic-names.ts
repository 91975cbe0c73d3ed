/** First names of women met all over Mali. */
export const WOMEN: readonly [string, ...string[]] = [
  ...(['Awa', 'Fatoumata', 'Mariam', 'Kadiatou', 'Aminata'] as const),
  ...['Oumou', 'Djénéba', 'Sitan', 'Assitan', 'Rokia', 'Hawa', 'Nana'],
  ...['Binta', 'Korotoumou', 'Salimata', 'Tenin', 'Maïmouna', 'Safiatou'],
  ...['Ramata', 'Bintou', 'Coumba', 'Aïssata', 'Sali', 'Niélé', 'Yakaré'],
];

/** First names of men met all over Mali. */
export const MEN: readonly [string, ...string[]] = [
  ...(['Moussa', 'Amadou', 'Mamadou', 'Ibrahim', 'Seydou'] as const),
  ...['Bakary', 'Souleymane', 'Drissa', 'Adama', 'Boubacar', 'Oumar'],
  ...['Issa', 'Youssouf', 'Lassana', 'Modibo', 'Sékou', 'Abdoulaye'],
  ...['Hamidou', 'Yacouba', 'Kassim', 'Tiémoko', 'Zoumana', 'Baba'],
];

/** Family names met all over Mali. */
export const FAMILIES: readonly [string, ...string[]] = [
  ...(['Traoré', 'Coulibaly', 'Diarra', 'Keïta', 'Koné'] as const),
  ...['Diallo', 'Sidibé', 'Sangaré', 'Touré', 'Cissé', 'Dembélé'],
  ...['Sissoko', 'Konaté', 'Doumbia', 'Maïga', 'Bagayoko', 'Fofana'],
  ...[
    'Guindo',
    'Ongoïba',
    'Kanté',
    'Samaké',
    'Togola',
    'Dicko',
    'Ag Alhassane',
  ],
];

/** First halves of invented village names. */
export const VILLAGE_STARTS: readonly [string, ...string[]] = [
  ...(['Bana', 'Sira', 'Koro', 'Fara', 'Djigui'] as const),
  ...['Niana', 'Tori', 'Sama', 'Kala', 'Wolo', 'Mana', 'Sébé', 'Dougou'],
];

/** Second halves of invented village names. */
export const VILLAGE_ENDS: readonly [string, ...string[]] = [
  ...(['koro', 'bougou', 'dougou', 'kouna', 'bala'] as const),
  ...['foula', ' Coura', ' Koro', "n'tji", 'ni'],
];
