import { prepare } from './prepare.mjs';

await prepare({ server: true, web: true, quiet: process.argv.includes('--json') });
// In this process, so that signals reach it.
await import('../dist/test/bench/main.js');
