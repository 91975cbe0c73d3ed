import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { packageRoot } from '../runtime/package-root';

/** A file that browsers may keep for ever, for its name changes with it. */
export interface ConsoleAsset {
  /** Below `/console/assets/`. */
  name: string;
  type: string;
  content: Buffer;
  /** The same content, compressed once. */
  gzipped: Buffer;
}

const own = path.join(packageRoot, 'src/console/assets');

/** Where GOV.UK Frontend lies. Its macros are found below `govuk/components`. */
export const govukFolder = path.join(
  path.dirname(require.resolve('govuk-frontend')),
  '..',
);

/** In order: a style sheet or script that names another comes after it. */
const FILES = [
  { name: 'tree.svg', type: 'image/svg+xml', from: own },
  { name: 'bogolan.svg', type: 'image/svg+xml', from: own },
  { name: 'govuk-frontend.min.css', type: 'text/css', from: 'govuk' },
  { name: 'page.css', type: 'text/css', from: own },
  { name: 'work.css', type: 'text/css', from: own },
  { name: 'campaign.css', type: 'text/css', from: own },
  { name: 'govuk-frontend.min.js', type: 'text/javascript', from: 'govuk' },
  { name: 'page.js', type: 'text/javascript', from: own },
  { name: 'work.js', type: 'text/javascript', from: own },
  { name: 'campaign.js', type: 'text/javascript', from: own },
  { name: 'watch.js', type: 'text/javascript', from: own },
] as const;

/** The console's files by the name under which pages ask for them. */
export function readConsoleAssets(): ReadonlyMap<string, ConsoleAsset> {
  const assets = new Map<string, ConsoleAsset>();
  for (const { name, type, from } of FILES) {
    const folder = from === 'govuk' ? path.join(govukFolder, 'govuk') : from;
    const text = linked(
      ourOwn(readFileSync(path.join(folder, name), 'utf8')),
      assets,
    );
    const content = Buffer.from(text);
    const mark = createHash('sha256')
      .update(content)
      .digest('hex')
      .slice(0, 10);
    const ending = path.extname(name);
    assets.set(name, {
      name: `${path.basename(name, ending)}.${mark}${ending}`,
      type: `${type}; charset=utf-8`,
      content,
      gzipped: gzipSync(content, { level: 9 }),
    });
  }
  return assets;
}

/** GOV.UK's licensed font and its crest belong to the British government alone; source maps are not served. */
function ourOwn(text: string): string {
  return text
    .replaceAll(/@font-face\s*\{[^}]*\}/g, '')
    .replaceAll(/["']?GDS Transport["']?,arial,sans-serif/g, 'var(--jigi-font)')
    .replaceAll(/url\((["']?)\/assets\/[^)]*\)/g, 'none')
    .replaceAll(/^\/[/*]# sourceMappingURL=.*$/gm, '');
}

/** Names of files in style sheets and scripts become those under which they are served. */
function linked(
  text: string,
  before: ReadonlyMap<string, ConsoleAsset>,
): string {
  return text.replaceAll(
    /(?<=\.\/)[\w.-]+\.(?:svg|js|css)/g,
    (name) => before.get(name)?.name ?? name,
  );
}
