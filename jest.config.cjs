/** Types are checked by `npm run typecheck`; here they are only stripped. */
const shared = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2022',
        },
        module: { type: 'commonjs' },
      },
    ],
  },
};

const experiments = '<rootDir>/tests/experiments/**/*.test.ts';

module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'experiments',
      testMatch: [experiments],
      runner: '<rootDir>/tests/support/one-at-a-time.cjs',
    },
    {
      ...shared,
      displayName: 'tests',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/tests/experiments/'],
    },
  ],
  // Two cores are the least that the service is meant for; tests wait more than they reckon.
  maxWorkers: Math.max(2, require('node:os').availableParallelism() - 1),
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  reporters: ['default', '<rootDir>/tests/support/closing-line.cjs'],
  testTimeout: 30_000,
};
