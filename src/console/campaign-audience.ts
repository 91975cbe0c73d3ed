import { type Audience, readAudience } from '../campaigns/audience';
import type { CampaignRow } from '../campaigns/campaign-row';
import type { Database } from '../runtime/database';
import { unitNames } from '../staff/unit-names';
import { keptWords } from './campaign-choices';

/** Places named in one line, before the rest is only counted. */
const mostNamed = 6;

const standingWords: Readonly<
  Record<NonNullable<Audience['standing']>, string>
> = {
  told: 'Déjà prévenus',
  notTold: 'Pas encore prévenus',
  unconfirmed: 'Sans réponse',
};

/** Whom a campaign is for, a line for each thing that narrows it. */
export async function audienceWords(
  db: Database,
  campaign: Pick<CampaignRow, 'audience'>,
): Promise<string[]> {
  const audience = readAudience(campaign.audience);
  const { units = [], rules, waves, distributions, sessions } = audience;
  const names = await unitNames(
    db,
    units.slice(0, mostNamed).map(({ code }) => code),
  );
  const places = units
    .slice(0, mostNamed)
    .map(({ code }) => names.get(code) ?? code);
  const rest = units.length - places.length;
  const kept = keptWords(audience);
  const lists = [
    ...(waves ?? []),
    ...(distributions ?? []),
    ...(sessions ?? []),
  ];
  const lines = [
    places.length > 0 &&
      `${places.join(', ')}${rest > 0 ? ` et ${rest} autres lieux` : ''}`,
    kept.villages && `${kept.villages} villages choisis`,
    rules && `Règles: ${rules.join(', ')}`,
    lists.length > 0 && `Seulement ceux que concerne ${lists.join(', ')}`,
    audience.waveStates && 'Seulement les vagues dans l’état choisi',
    audience.languages && `Langue: ${audience.languages.join(', ')}`,
    audience.sex && (audience.sex === 'F' ? 'Femmes' : 'Hommes'),
    audience.standing && standingWords[audience.standing],
    kept.households && `Une liste de ${kept.households} ménages`,
    kept.follows,
  ].filter((line) => typeof line === 'string');
  return lines.length > 0 ? lines : ['Tous les ménages actifs'];
}
