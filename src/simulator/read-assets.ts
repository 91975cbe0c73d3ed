import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { packageRoot } from '../runtime/package-root';

/** A file of the page, whole, with its media type. */
export interface Asset {
  type: string;
  content: string;
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml; charset=utf-8'],
]);

/** The page's files by name. Read once: whatever else lies on the disk cannot be asked for. */
export function readAssets(): ReadonlyMap<string, Asset> {
  const folder = path.join(packageRoot, 'src/simulator/assets');
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(folder)) {
    const type = TYPES.get(path.extname(name));
    if (type === undefined) continue;
    const content = readFileSync(path.join(folder, name), 'utf8');
    assets.set(name, { type, content });
  }
  return assets;
}
