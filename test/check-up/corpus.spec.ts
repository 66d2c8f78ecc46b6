import { join } from 'node:path';
import { checkUp } from '../../libs/check-up/check-up';
import { FINDING_CLASSES } from '../../libs/check-up/finding';
import { figuresOf, readCorpus } from '../support/check-up-corpus';

const DOCUMENTS = readCorpus(join(__dirname, 'corpus'));

describe('the check-up of the corpus', () => {
  const figures = figuresOf(DOCUMENTS, ({ text }) => checkUp(text).findings);

  it('is long enough: every class three times, but for the ledger that it knows nothing of', () => {
    const classes = FINDING_CLASSES.filter((code) => code !== 'ledger');
    expect(classes.filter((code) => (figures.classes.get(code)?.planted ?? 0) < 3)).toEqual([]);
    expect([...figures.classes.values()].reduce((sum, { planted }) => sum + planted, 0)).toBeGreaterThanOrEqual(60);
    expect(figures.right).toBeGreaterThanOrEqual(1_000);
  });

  it('finds every planted error', () => {
    expect(figures.missed).toEqual([]);
  });

  it('raises at most one false alarm in 200 right numbers', () => {
    expect(figures.falseAlarms / figures.right).toBeLessThanOrEqual(0.005);
  });
});
