// Writes migrations/schema.sql: the test that compares it with the migrated database is told to write it first.
import { createRequire } from 'node:module';
import { prepare, ROOT } from './prepare.mjs';

await prepare({});
process.env.MARROW_WRITE_SCHEMA = '1';
process.chdir(ROOT);
await createRequire(import.meta.url)('jest').run([
  ...['--selectProjects', 'db', '--testPathPatterns', 'test/db/schema'],
  ...['--testNamePattern', 'migrations/schema.sql'],
]);
