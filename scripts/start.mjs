import { prepare } from './prepare.mjs';

await prepare({ server: true, web: true });
// In this process, so that signals reach it.
await import('../dist/apps/alone/main.js');
