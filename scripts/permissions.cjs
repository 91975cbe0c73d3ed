/**
 * Writes docs/permissions.md from the roles of src/staff/roles.ts. The text is made by the test that holds the document to them.
 */
require('../tests/support/run-typescript.cjs');

const { writeFileSync } = require('node:fs');
const path = require('node:path');
const { permissionsDocument } = require('../tests/staff/permissions-document');

const file = path.join(__dirname, '..', 'docs', 'permissions.md');
writeFileSync(file, permissionsDocument());
console.log(`docs/permissions.md: ${file}`);
