import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../src/runtime/package-root';
import { menusDocument } from './menus-document';

/** Every flow is walked as everybody, which takes seconds. */
const walkMs = 120_000;

test(
  'docs/menus.md is as the flows and the texts are now (npm run menus)',
  () => {
    const document = readFileSync(
      path.join(packageRoot, 'docs/menus.md'),
      'utf8',
    );
    expect(document).toBe(menusDocument());
  },
  walkMs,
);
