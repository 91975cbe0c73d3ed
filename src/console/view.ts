import path from 'node:path';
import nunjucks from 'nunjucks';
import { packageRoot } from '../runtime/package-root';
import { bamakoDay, type IsoDay, longDay } from '../text/dates';
import { formatXof } from '../text/money';
import { grouped, tenths } from './grouped';
import { type ConsoleAsset, govukFolder } from './read-console-assets';

/** Makes a page of a view and its values. */
export type Render = (view: string, values: object) => string;

/** Nunjucks with everything escaped, our views before GOV.UK's macros. */
export function createView(assets: ReadonlyMap<string, ConsoleAsset>): Render {
  const views = path.join(packageRoot, 'src/console/views');
  const environment = new nunjucks.Environment(
    new nunjucks.FileSystemLoader([views, govukFolder], { noCache: false }),
    { autoescape: true, trimBlocks: true, lstripBlocks: true },
  );
  environment.addGlobal('asset', (name: string) => {
    const known = assets.get(name);
    return `/console/assets/${known?.name ?? name}`;
  });
  environment.addFilter('day', (at: Date) => longDay(bamakoDay(at)));
  environment.addFilter('isoDay', (day: IsoDay) => longDay(day));
  environment.addFilter('instant', instant);
  environment.addFilter('money', (amountXof: number) => formatXof(amountXof));
  environment.addFilter('tenths', (value: number) => tenths(value));
  environment.addFilter('grouped', (count: number) => grouped(count));
  return (view, values) => environment.render(`${view}.njk`, values);
}

/** `12/03/2026 à 09:05`. Bamako keeps UTC all year. */
function instant(at: Date): string {
  return `${longDay(bamakoDay(at))} à ${at.toISOString().slice(11, 16)}`;
}
