import { type Audience, standings } from '../campaigns/audience';
import { campaignVariables } from '../campaigns/campaign-texts';
import {
  type CommuneCount,
  communeCounts,
} from '../campaigns/territory-counts';
import { waveStates } from './campaign-form';
import { kindTitles } from './campaign-words';
import type { ConsoleHouse } from './console-house';
import { grouped } from './grouped';
import type { Fields } from './route';

const waveStateTitles: Readonly<Record<(typeof waveStates)[number], string>> = {
  accepted: 'acceptée',
  announced: 'annoncée',
  open: 'ouverte',
  closed: 'close',
  postponed: 'reportée',
};

const standingTitles: Readonly<Record<(typeof standings)[number], string>> = {
  told: 'Déjà prévenus',
  notTold: 'Pas encore prévenus',
  unconfirmed: 'Sans réponse sur leur paiement ou leur ration',
};

/** All that the form of a campaign offers, what was typed chosen. */
export async function campaignChoices(
  { db, clock, texts }: Pick<ConsoleHouse, 'db' | 'clock' | 'texts'>,
  typed: Fields,
) {
  const [communes, rules, codes] = await Promise.all([
    communeCounts(db, clock.today()),
    db.prisma.benefitRule.findMany({
      select: { code: true, nameFr: true },
      orderBy: { code: 'asc' },
    }),
    db.prisma.wave.findMany({
      select: { code: true },
      orderBy: { id: 'desc' },
      take: 40,
    }),
  ]);
  const box = (name: string, text: string) => ({
    ...{ name, text, isTicked: typed[name] !== undefined },
  });
  const choice = (name: string, items: readonly [string, string][]) =>
    items.map(([value, text]) => ({
      ...{ value, text, selected: (typed[name] ?? '') === value },
    }));
  return {
    tree: treeOf(communes, typed),
    rules: rules.map(({ code, nameFr }) =>
      box(`r-${code}`, `${nameFr} (${code})`),
    ),
    waveStates: waveStates.map((one) => box(`w-${one}`, waveStateTitles[one])),
    waveCodes: codes.map(({ code }) => code),
    subjects: choice('sujet', [
      ['', 'Une annonce générale'],
      ...(['wave', 'distribution', 'session'] as const).map(
        (kind): [string, string] => [
          kind,
          `Une ${(kindTitles[kind] ?? '').toLowerCase()}`,
        ],
      ),
    ]),
    isNarrowed: Object.entries(typed).some(
      ([name, value]) =>
        value !== '' &&
        /^(r-.*|w-.*|vagues|distributions|seances|menages)$/.test(name),
    ),
    languages: texts.languages.map(({ code, name }) => box(`l-${code}`, name)),
    sexes: choice('sexe', [
      ['', 'Femmes et hommes'],
      ['F', 'Femmes'],
      ['M', 'Hommes'],
    ]),
    standings: choice('deja', [
      ['', 'Tous'],
      ...standings.map((one): [string, string] => [one, standingTitles[one]]),
    ]),
    variables: campaignVariables.map(({ name, title, about }) => ({
      name,
      title,
      about: about?.map((kind) => (kindTitles[kind] ?? kind).toLowerCase()),
    })),
  };
}

/** Regions with their cercles and communes, and how many households take part in each. */
function treeOf(communes: readonly CommuneCount[], typed: Fields) {
  const regions = group(communes, ({ region }) => region);
  return regions.map(({ of, first }) => {
    const cercles = group(of, ({ cercle }) => cercle).map((one) => ({
      ...unit('cercle', one.first.cercle, one.first.cercleName, one.of, typed),
      communes: one.of.map((commune) =>
        unit('commune', commune.code, commune.name, [commune], typed),
      ),
    }));
    const open = cercles.map((cercle) => ({
      ...cercle,
      isOpen:
        cercle.isTicked || cercle.communes.some(({ isTicked }) => isTicked),
    }));
    return {
      ...unit('region', first.region, first.regionName, of, typed),
      cercles: open,
      isOpen: open.some(({ isOpen }) => isOpen),
    };
  });
}

function unit(
  level: string,
  code: string,
  name: string,
  of: readonly CommuneCount[],
  typed: Fields,
) {
  const total = (count: 'households' | 'withPhone'): string =>
    grouped(of.reduce((sum, one) => sum + one[count], 0));
  const box = `u-${level}-${code}`;
  return {
    ...{ box, code, name, isTicked: typed[box] !== undefined },
    households: total('households'),
    withPhone: total('withPhone'),
  };
}

function group<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): { first: Row; of: Row[] }[] {
  const groups = new Map<string, { first: Row; of: Row[] }>();
  for (const row of rows) {
    const known = groups.get(keyOf(row));
    if (known === undefined) groups.set(keyOf(row), { first: row, of: [row] });
    else known.of.push(row);
  }
  return [...groups.values()];
}

/** What of an audience no field of the form shows. */
export function keptWords(audience: Audience): {
  households: string | undefined;
  villages: string | undefined;
  follows: string | undefined;
} {
  const { households, villages, failedIn, toldIn } = audience;
  return {
    households: households && grouped(households.length),
    villages: villages && grouped(villages.length),
    follows:
      failedIn !== undefined
        ? `Seulement les téléphones que la campagne ${failedIn} n’a pas atteints.`
        : toldIn !== undefined
          ? `Seulement les téléphones que la campagne ${toldIn} a prévenus.`
          : undefined,
  };
}
