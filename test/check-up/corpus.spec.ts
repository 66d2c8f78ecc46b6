import { join } from 'node:path';
import { checkUp } from '../../libs/check-up/check-up';
import { figuresOf, readCorpus } from '../support/check-up-corpus';

const DOCUMENTS = readCorpus(join(__dirname, 'corpus'));

describe('the check-up of the corpus', () => {
  const figures = figuresOf(DOCUMENTS, ({ text }) => checkUp(text).findings);

  it('finds every planted error', () => {
    expect(figures.missed).toEqual([]);
  });

  it('raises at most one false alarm in 200 right numbers', () => {
    expect(figures.falseAlarms / figures.right).toBeLessThanOrEqual(0.005);
  });
});
