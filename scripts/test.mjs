import { createRequire } from 'node:module';
import { prepare, ROOT } from './prepare.mjs';

const OWN = ['--long', '--full'];
const long = process.argv.includes('--long');
if (process.argv.includes('--full')) process.env.MARROW_FULL = '1';

// Some tests start the built program.
await prepare({ server: true, web: true });

const { run } = createRequire(import.meta.url)('jest');
const projects = long ? ['long'] : ['unit', 'db', 'e2e', 'browser'];
const rest = process.argv.slice(2).filter((argument) => !OWN.includes(argument));
process.chdir(ROOT);
await run([...rest, '--selectProjects', ...projects]);
