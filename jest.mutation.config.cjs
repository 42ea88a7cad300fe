// The tests that `npm run mutate` holds the domain and the bridge's signature to: pure ones, without Postgres or Temporal.
const { projects } = require('./jest.config.cjs');

const [{ displayName: _name, testMatch: _match, ...alone }] = projects;

/** @type {import('jest').Config} */
module.exports = {
  ...alone,
  testMatch: ['<rootDir>/test/domain/**/*.test.ts', '<rootDir>/test/bridge/signature.test.ts'],
};
