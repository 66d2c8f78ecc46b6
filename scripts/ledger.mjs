import { prepare } from './prepare.mjs';

await prepare({ server: true, quiet: true });
await import('../dist/apps/cli/main.js');
