import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkUp } from '../../libs/check-up/check-up';
import { figuresOf, readMarked, type CorpusFigures } from '../support/check-up-corpus';
import { torn, type Tear } from '../support/torn-tables';

jest.setTimeout(120_000);

const TEARS = {
  cells: {},
  lines: { cell: 9, pages: true },
  heads: { cell: 9, head: 4, pages: true },
} as const satisfies Record<string, Tear>;

/** What stands: found, and false alarms, as one cell a line, with cells over lines and pages, and with heads over lines. */
const STANDING = [
  ['corpus', { cells: [81, 0], lines: [79, 0], heads: [77, 0] }],
  ['offices', { cells: [41, 1], lines: [41, 1], heads: [38, 1] }],
  ['long-cells', { cells: [10, 1], lines: [8, 0], heads: [7, 2] }],
  ['blind', { cells: [172, 2], lines: [171, 2], heads: [152, 3] }],
  ['unseen', { cells: [71, 1], lines: [70, 1], heads: [69, 4] }],
] as const;

function figuresAs(folder: string, tear: Tear): CorpusFigures {
  const documents = readdirSync(join(__dirname, folder))
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readMarked(name, torn(readFileSync(join(__dirname, folder, name), 'utf8'), tear)));
  return figuresOf(documents, ({ text }) => checkUp(text).findings);
}

describe.each(STANDING)('the tables of %s, copied out of a PDF', (folder, standing) => {
  it.each(['cells', 'lines', 'heads'] as const)('as %s are read no worse than they were', (name) => {
    const { classes, right, falseAlarms } = figuresAs(folder, TEARS[name]);
    const found = [...classes.values()].reduce((sum, one) => sum + one.found, 0);
    process.stdout.write(`${folder} ${name}: ${found} found, ${falseAlarms}/${right} false alarms\n`);
    expect(found).toBeGreaterThanOrEqual(standing[name][0]);
    expect(falseAlarms).toBeLessThanOrEqual(standing[name][1]);
  });
});
