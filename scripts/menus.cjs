/**
 * Writes docs/menus.md: every flow as a diagram, every screen in every language with its length. The callers who walk
 * the flows are those of the tests, so that the document and the tests tell of the same screens.
 */
require('../tests/support/run-typescript.cjs');

const { writeFileSync } = require('node:fs');
const path = require('node:path');
const { menusDocument } = require('../tests/flows/menus-document');

const file = path.join(__dirname, '..', 'docs', 'menus.md');
writeFileSync(file, menusDocument());
console.log(`docs/menus.md: ${file}`);
