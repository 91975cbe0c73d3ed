import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import { inTerritory } from '../staff/in-territory';
import type { Territory } from '../staff/permissions';
import type { IsoDay } from '../text/dates';
import { waveWindowSql } from '../register/wave-window';

/** States of a wave, as the provider and the programme bring it forward. */
export const waveStates = [
  ...(['planned', 'accepted', 'announced', 'open'] as const),
  ...(['closed', 'postponed', 'cancelled'] as const),
] as const;

export type WaveState = (typeof waveStates)[number];

/** What is counted of a wave in the places that were asked for. */
export interface WaveCounts {
  communes: number;
  planned: number;
  plannedXof: number;
  paid: number;
  partial: number;
  absent: number;
  turnedDown: number;
  saidReceived: number;
  saidNot: number;
  saidOtherwise: number;
  asked: number;
  mismatched: number;
}

/** A wave with its counts of the last ten minutes. */
export interface ListedWave extends WaveCounts {
  id: number;
  code: string;
  rule: string;
  provider: string;
  modality: string;
  status: WaveState;
  /** The days that hold: the new ones where it was moved. */
  opens: IsoDay;
  closes: IsoDay;
}

/** Which waves are wanted: of a provider, of a territory that has payments in them, in a state, one alone. */
export interface WaveWish {
  provider?: string | undefined;
  territory?: Territory | undefined;
  state?: WaveState | undefined;
  id?: number | undefined;
  after?: WaveMark | undefined;
}

/** Where a page of waves ends. */
export interface WaveMark {
  opens: IsoDay;
  id: number;
}

const onAPage = 25;

const sums = [
  ['planned', 'planned'],
  ['plannedXof', 'planned_xof'],
  ['paid', 'paid'],
  ['partial', 'partial'],
  ['absent', 'absent'],
  ['turnedDown', 'turned_down'],
  ['saidReceived', 'said_received'],
  ['saidNot', 'said_not'],
  ['saidOtherwise', 'said_otherwise'],
  ['asked', 'asked'],
  ['mismatched', 'mismatched'],
]
  .map(
    ([name = '', column = '']) =>
      `coalesce(sum(f.${column}), 0)::float8 as "${name}"`,
  )
  .join(', ');

/** Lists waves, the newest first. A territory sees those in which its communes are paid, and counts of these alone. */
export async function listWaves(
  { pool }: Pick<Database, 'pool'>,
  { provider, territory, state, id, after }: WaveWish,
): Promise<{ waves: ListedWave[]; next: WaveMark | undefined }> {
  const { bind, values } = boundValues();
  const { from: opens, to: closes } = waveWindowSql('w');
  const conditions = [
    'true',
    ...(provider === undefined ? [] : [`w.provider_code = ${bind(provider)}`]),
    ...(state === undefined ? [] : [`w.status = ${bind(state)}`]),
    ...(id === undefined ? [] : [`w.id = ${bind(id)}`]),
    ...(after
      ? [
          `(${opens}, w.id) < (${bind(after.opens)}::date, ${bind(after.id)}::int)`,
        ]
      : []),
    ...(territory
      ? [
          `exists (select from wave_figures f where f.wave_id = w.id and ${inTerritory(bind, territory, 'f.commune_code')})`,
        ]
      : []),
  ];
  const { rows } = await pool.query<ListedWave>(
    `select w.*, count(f.wave_id)::int as communes, ${sums} from (
       select w.id, w.code, rule.name_fr as rule, w.provider_name as provider, w.modality, w.status,
         ${opens} as opens, ${closes} as closes
       from waves w join benefit_rules rule on rule.id = w.benefit_rule_id
       where ${conditions.join(' and ')} order by ${opens} desc, w.id desc limit ${onAPage + 1}) w
     left join wave_figures f on f.wave_id = w.id and ${inTerritory(bind, territory, 'f.commune_code')}
     group by w.id, w.code, w.rule, w.provider, w.modality, w.status, w.opens, w.closes
     order by w.opens desc, w.id desc`,
    values,
  );
  const waves = rows.slice(0, onAPage);
  const last = waves.at(-1);
  return {
    waves,
    next:
      rows.length > onAPage && last
        ? { opens: last.opens, id: last.id }
        : undefined,
  };
}

/** The counts of one wave in one commune. */
export type CommuneCounts = Pick<
  WaveCounts,
  'planned' | 'plannedXof' | 'paid' | 'partial' | 'absent' | 'turnedDown'
> & { commune: string; code: string; cercle: string | null };

const communesOnAPage = 50;

/**
 * What a wave's list comes to in each of its communes, by name.
 * @param after the code of the commune where the page before ended
 */
export async function waveCommunes(
  { pool }: Pick<Database, 'pool'>,
  waveId: number,
  after?: string,
): Promise<{ communes: CommuneCounts[]; next: string | undefined }> {
  const { rows } = await pool.query<CommuneCounts>(
    `with listed as (
       select coalesce(unit.name, f.commune_code) as commune, f.commune_code as code, cercle.name as cercle, f.planned, f.planned_xof::float8 as "plannedXof",
         f.paid, f.partial, f.absent, f.turned_down as "turnedDown"
       from wave_figures f left join territory_units unit on unit.code = f.commune_code and unit.valid_to is null
         left join territory_units cercle on cercle.code = unit.parent_code and cercle.valid_to is null
       where f.wave_id = $1)
     select * from listed
     where coalesce((commune, code) > (select commune, code from listed where code = $2::text), true)
     order by commune, code limit ${communesOnAPage + 1}`,
    [waveId, after],
  );
  const communes = rows.slice(0, communesOnAPage);
  return {
    communes,
    next: rows.length > communesOnAPage ? communes.at(-1)?.code : undefined,
  };
}
