import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { CHARACTERS_AT_MOST } from '../../libs/check-up/report-length';
import { readCorpus } from '../support/check-up-corpus';
import { buildPrograms } from '../support/program';

jest.setTimeout(180_000);

const ROOT = resolve(__dirname, '../..');

/** Counts the moments in which a server could have answered while the longest text is checked. */
const SCRIPT = `
const { checkUpAside } = require('./dist/libs/check-up/check-up-aside.js');
let text = '';
process.stdin.setEncoding('utf8').on('data', (part) => (text += part)).on('end', async () => {
  let [last, longest, moments] = [Date.now(), 0, 0];
  const clock = setInterval(() => {
    const now = Date.now();
    longest = Math.max(longest, now - last);
    last = now;
    moments += 1;
  }, 5);
  const began = Date.now();
  const { findings } = await checkUpAside({ text, figures: [] });
  clearInterval(clock);
  console.log(JSON.stringify({ took: Date.now() - began, longest, moments, findings: findings.length }));
});`;

describe('a check-up of the longest dense text', () => {
  it('holds up nothing else of its process', async () => {
    await buildPrograms();
    const corpus = readCorpus(join(__dirname, 'corpus'))
      .map(({ text }) => text)
      .join('\n\n');
    const text = corpus.repeat(Math.ceil(CHARACTERS_AT_MOST / corpus.length)).slice(0, CHARACTERS_AT_MOST);
    const run = promisify(execFile)(process.execPath, ['-e', SCRIPT], { cwd: ROOT });
    run.child.stdin!.end(text);
    const told = JSON.parse((await run).stdout) as Record<'took' | 'longest' | 'moments' | 'findings', number>;
    expect(told.findings).toBeGreaterThan(0);
    // What the answer costs when it is handed over, on a machine that does other things.
    expect(told.longest).toBeLessThan(1_000);
    expect(told.longest).toBeLessThan(told.took / 3);
  });
});
