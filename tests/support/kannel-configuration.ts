import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What stands in the place of the names of deploy/kannel, as start.sh puts it there. */
export type KannelNames = Readonly<Record<string, string>>;

/** A file of deploy/kannel with every name filled in. */
export function kannelFile(name: string, names: KannelNames): string {
  const file = path.join(__dirname, '../../deploy/kannel', name);
  return readFileSync(file, 'utf8').replace(
    /\$\{(\w+)\}/g,
    (_, one: string) => {
      const value = names[one];
      if (value === undefined) throw new Error(`${one} is not given`);
      return value;
    },
  );
}

/** Puts another value after `name =`, wherever it stands. */
export function withSetting(
  configuration: string,
  name: string,
  value: string | number,
): string {
  const line = new RegExp(`^${name} = .*$`, 'gm');
  if (!line.test(configuration)) throw new Error(`no ${name}`);
  return configuration.replace(line, `${name} = ${value}`);
}
