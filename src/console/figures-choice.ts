import type { FigureChoice, Span } from '../complaints/count-complaints';
import type { Database } from '../runtime/database';
import type { StaffMember } from '../staff/staff-member';
import { readTerritory, type TerritoryUnit } from '../staff/territory';
import { monthName } from '../text/dates';
import { categoryTitles } from './complaint-words';
import type { Fields } from './route';

/** How a request came. */
export const channelWords: Readonly<Record<string, string>> = {
  ussd: 'Menu du téléphone',
  receipt: 'Réponse à un paiement',
  visit: 'En personne',
  call: 'Par appel',
  paper: 'Sur papier',
  console: 'Enregistrée par le personnel',
};

export const sexWords: Readonly<Record<string, string>> = {
  F: 'Femmes',
  M: 'Hommes',
  '': 'Non connu',
};

/** What a page of figures counts, with what its form shows. */
export interface AskedFigures {
  choice: FigureChoice;
  /** The period in words. */
  told: string;
  fields: { periode: string } & Record<
    'region' | 'cercle' | 'categorie' | 'canal' | 'sexe',
    string
  >;
  units: readonly TerritoryUnit[];
}

/** The first year of the programme's requests. */
const firstYear = 2024;

/** Reads what was asked; what means nothing is as if it had not been asked, and nobody leaves her territory. */
export async function askedFigures(
  db: Pick<Database, 'prisma'>,
  {
    member,
    query,
    today,
  }: { member: StaffMember; query: Fields; today: string },
): Promise<AskedFigures> {
  const units = await readTerritory(db);
  const unit = (level: string, code = ''): string =>
    units.some((one) => one.level === level && one.code === code) ? code : '';
  const known = (words: object, word = ''): string =>
    Object.hasOwn(words, word) && word !== '' ? word : '';
  const { territory } = member;
  const fields = {
    periode: query['periode'] ?? today.slice(0, 4),
    region: territory ? '' : unit('region', query['region']),
    cercle:
      territory?.level === 'cercle' ? '' : unit('cercle', query['cercle']),
    categorie: categoryTitles.has(query['categorie'] ?? '')
      ? (query['categorie'] ?? '')
      : '',
    canal: known(channelWords, query['canal']),
    sexe: known(sexWords, query['sexe']),
  };
  const period =
    spansOf(fields.periode, today) ?? spansOf(today.slice(0, 4), today);
  if (period === undefined) throw new RangeError('no period');
  return {
    ...{
      fields: { ...fields, periode: period.name },
      units,
      told: period.told,
    },
    choice: {
      period: period.span,
      within: period.within,
      only: {
        ...(fields.region !== '' && { region: fields.region }),
        ...(fields.cercle !== '' && { cercle: fields.cercle }),
        ...(fields.categorie !== '' && { category: fields.categorie }),
        ...(fields.canal !== '' && { channel: fields.canal }),
        ...(fields.sexe !== '' && { sex: fields.sexe }),
      },
      bounds: boundsOf(member),
    },
  };
}

/** An officer's own territory; a commune's officer sees no figures. */
function boundsOf({ territory }: StaffMember): FigureChoice['bounds'] {
  if (territory?.level === 'region') return { region: territory.code };
  return territory === undefined ? {} : { cercle: territory.code };
}

interface Period {
  name: string;
  told: string;
  span: Span;
  within: Span[];
}

const day = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);

/** A year, a quarter or a month: `2026`, `2026-T1`, `2026-03`. Others would tell small months by subtraction. */
function spansOf(name: string, today: string): Period | undefined {
  const [, digits, quarter, month] =
    /^(\d{4})(?:-T([1-4])|-(0[1-9]|1[0-2]))?$/.exec(name) ?? [];
  const year = Number(digits);
  if (
    digits === undefined ||
    year < firstYear ||
    year > Number(today.slice(0, 4))
  )
    return undefined;
  const whole = { from: day(year, 0), to: day(year + 1, 0) };
  const ofQuarter = (at: number): Span => ({
    from: day(year, at * 3),
    to: day(year, at * 3 + 3),
  });
  if (quarter !== undefined) {
    const told = `${quarter === '1' ? '1er' : `${quarter}e`} trimestre ${year}`;
    const span = ofQuarter(Number(quarter) - 1);
    return { name, told, span, within: [whole] };
  }
  if (month === undefined)
    return { name, told: String(year), span: whole, within: [] };
  const at = Number(month) - 1;
  return {
    ...{ name, told: `${monthName(day(year, at), 'fr')} ${year}` },
    span: { from: day(year, at), to: day(year, at + 1) },
    within: [ofQuarter(Math.floor(at / 3)), whole],
  };
}

/** Lines of the lists of the form. */
export function figureChoices({ fields, units }: AskedFigures, today: string) {
  const listed = (
    pairs: readonly (readonly [string, string])[],
    chosen: string,
    all: string,
  ) =>
    [['', all] as const, ...pairs].map(([value, text]) => ({
      ...{ value, text, selected: value === chosen },
    }));
  const named = (level: string) =>
    [
      ...new Map(
        units
          .filter((unit) => unit.level === level && unit.validTo === undefined)
          .filter(
            ({ parentCode }) =>
              level === 'region' ||
              fields.region === '' ||
              parentCode === fields.region,
          )
          .map(({ code, name }) => [code, name] as const),
      ),
    ].sort((a, b) => a[1].localeCompare(b[1], 'fr'));
  return {
    periods: periodChoices(fields.periode, today),
    regions: listed(named('region'), fields.region, 'Toutes les régions'),
    cercles: listed(named('cercle'), fields.cercle, 'Tous les cercles'),
    categories: listed([...categoryTitles], fields.categorie, 'Toutes'),
    channels: listed(Object.entries(channelWords), fields.canal, 'Tous'),
    sexes: listed(
      Object.entries(sexWords).filter(([word]) => word !== ''),
      fields.sexe,
      'Tous',
    ),
  };
}

function periodChoices(chosen: string, today: string) {
  const thisYear = Number(today.slice(0, 4));
  const names: string[] = [];
  for (let year = thisYear; year >= firstYear; year -= 1) {
    const begun = (month: number): boolean => day(year, month) <= today;
    names.push(String(year));
    for (const at of [3, 2, 1, 0])
      if (begun(at * 3)) names.push(`${year}-T${at + 1}`);
    for (let month = 11; month >= 0; month -= 1)
      if (begun(month))
        names.push(`${year}-${String(month + 1).padStart(2, '0')}`);
  }
  return names.map((value) => ({
    ...{ value, selected: value === chosen },
    text: spansOf(value, today)?.told ?? value,
  }));
}
