import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkUp } from '../../libs/check-up/check-up';
import { figuresOf, readCorpus, tellFigures } from '../support/check-up-corpus';

/** `corpus` was written beside the code, `blind` by somebody who had not read it. */
const FOLDERS = ['corpus', 'blind'].filter((folder) => existsSync(join(__dirname, folder)));

describe.each(FOLDERS)('the figures of %s', (folder) => {
  it('are told', () => {
    const figures = figuresOf(readCorpus(join(__dirname, folder)), ({ text }) => checkUp(text).findings);
    process.stdout.write(`\n${folder}\n${tellFigures(figures)}\n`);
    expect(figures.right).toBeGreaterThan(0);
  });
});
