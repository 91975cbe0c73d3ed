/**
 * Measures the service against its bounds.
 *   npm run bench                     every part
 *   npm run bench -- ussd             one part
 *   npm run bench -- --quick          everything once, small and short; bounds are printed, not enforced
 *   npm run bench -- --store FOLDER   keeps the filled store there, and meets it again the next time
 */
require('../tests/support/run-typescript.cjs');

require('./bench')
  .bench(process.argv.slice(2))
  .then(
    (code) => process.exit(code),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
