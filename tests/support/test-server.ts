/** The PostgreSQL server of this run, as global-setup.ts left it. */
export function testServerUrl(): string {
  const url = process.env['JIGI_TEST_SERVER'];
  if (url === undefined)
    throw new Error('no test server: is globalSetup in jest.config.cjs?');
  return url;
}

/** Names of this run's databases; each carries the run's pid, so that runs do not meet. */
export function runNames() {
  const run = process.env['JIGI_TEST_RUN'] ?? '0';
  const worker = process.env['JEST_WORKER_ID'] ?? '0';
  return {
    prefix: `jigi_test_${run}_`,
    template: `jigi_test_${run}_template`,
    worker: `jigi_test_${run}_worker_${worker}`,
  };
}

/** The same server, another database. */
export function withDatabaseName(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
