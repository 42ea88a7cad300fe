// Folders whose tests need neither Postgres nor Temporal: a run of these alone does not start them.
const alone = ['domain', 'sandbox', 'apis', 'simulation', 'embedded', 'replay', 'activities'];

const swc = (parser) => ({
  jsc: { target: 'es2022', parser, transform: { react: { runtime: 'automatic', importSource: 'preact' } } },
  module: { type: 'commonjs' },
});

/** @type {import('jest').Config} */
const each = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', swc({ syntax: 'typescript' })],
    '^.+\\.tsx$': ['@swc/jest', swc({ syntax: 'typescript', tsx: true })],
  },
};

/** @type {import('jest').Config} */
module.exports = {
  // On two cores: whole stacks wait for each other's answers a third of the time.
  maxWorkers: 3,
  // What one file's modules leave behind is not for the next two hundred to carry.
  workerIdleMemoryLimit: '1GB',
  // Only what never comes fails: a busy machine may take long over anything.
  testTimeout: 900_000,
  reporters: ['default', '<rootDir>/test/support/closing-line.cjs'],
  projects: [
    {
      ...each,
      displayName: 'alone',
      testMatch: [
        '<rootDir>/test/*.test.ts',
        ...alone.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
      ],
    },
    {
      ...each,
      displayName: 'stack',
      testMatch: ['<rootDir>/test/*/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...alone.map((folder) => `<rootDir>/test/${folder}/`)],
      globalSetup: '<rootDir>/test/support/start-servers.ts',
      globalTeardown: '<rootDir>/test/support/stop-servers.ts',
    },
  ],
};
