/** Pure code runs without engines; everything under server/ gets the real Redis and the real store. */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: {
    '^#domain/(.*)\\.js$': '<rootDir>/domain/$1',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        swcrc: false, // the build's own settings leave specs out
        jsc: {
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
          target: 'es2022',
        },
        module: { type: 'es6' },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data'],
};

export default {
  testTimeout: 30_000, // a busy machine is slow, and no spec waits for time to pass
  projects: [
    { ...shared, displayName: 'domain', testMatch: ['<rootDir>/domain/**/*.spec.ts'] },
    { ...shared, displayName: 'client', testMatch: ['<rootDir>/client/src/**/*.spec.ts'] },
    {
      ...shared,
      displayName: 'server',
      testMatch: ['<rootDir>/server/src/**/*.spec.ts'],
      globalSetup: '<rootDir>/server/test/start-engines.mjs',
      globalTeardown: '<rootDir>/server/test/stop-engines.mjs',
    },
    { ...shared, displayName: 'product', testMatch: ['<rootDir>/server/test/**/*.spec.ts'] },
  ],
};
