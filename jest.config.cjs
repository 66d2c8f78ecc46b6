// Its own settings: .swcrc leaves the specs out.
const swc = {
  swcrc: false,
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

/** What needs a database shares one server: a setup that several projects name runs once. */
function project(displayName, testMatch, { database = false } = {}) {
  return {
    displayName,
    rootDir: __dirname,
    testEnvironment: 'node',
    testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
    setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'],
    modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
    transform: { '\\.[cm]?[jt]s$': ['@swc/jest', swc] },
    // These packages are ESM only.
    transformIgnorePatterns: [
      '/node_modules/(?!(@nestjs|@noble|@scure|content-disposition|cookie|jose|oauth4webapi|openid-client|pdfjs-dist)/)',
    ],
    ...(database && {
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/global-teardown.ts',
    }),
  };
}

module.exports = {
  maxWorkers: 2,
  projects: [
    project('unit', [
      'libs/**/*.spec.ts',
      'apps/{api,worker,cli,alone}/**/*.spec.ts',
      'test/architecture/*.spec.ts',
      'test/bench/*.spec.ts',
      'test/intake/*.spec.ts',
      'test/web/*.spec.ts',
      'test/papers/*.spec.ts',
      'test/check-up/*.spec.ts',
    ]),
    project('db', ['test/db/**/*.db.spec.ts'], { database: true }),
    project('e2e', ['test/e2e/**/*.e2e.spec.ts'], { database: true }),
    project('browser', ['test/browser/**/*.browser.spec.ts'], { database: true }),
    project('long', ['test/long/**/*.long.spec.ts'], { database: true }),
  ],
};
