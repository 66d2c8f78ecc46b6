import { BENCH_PARTS } from './bench-parts';
import { asJson, asTable } from './bench-report';
import { below, judge, timesBaseline, type Row } from './bench-row';

const RATE = { row: 'load', unit: 'entries/s', target: [timesBaseline('≥', 0.5)] };
const DELAY = { row: 'answer, p95', unit: 'ms', target: [below(50)] };

describe('the rows of the bench', () => {
  const rows = BENCH_PARTS.flatMap((part) => part.rows);

  it('all have a unit, and a target unless they only tell how long a recount takes', () => {
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ unit }) => unit === '')).toEqual([]);
    expect(rows.flatMap(({ row, target }) => (target.length === 0 ? [row] : []))).toEqual([
      'verify, everything',
      'verify --seals',
    ]);
  });

  it('are told apart by their names, and so are the parts', () => {
    const names = [...rows.map(({ row }) => row), ...BENCH_PARTS.map(({ name }) => name)];

    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a measured row', () => {
  it('is held against its baseline by their ratio', () => {
    expect(judge(RATE, { value: 30_000.4, baseline: 60_000 })).toEqual({
      row: 'load',
      value: 30_000,
      unit: 'entries/s',
      baseline: 60_000,
      ratio: 0.5,
      target: '≥ 0.5 × baseline',
      met: true,
    });
  });

  it('misses what it does not reach, also where rounding hides it', () => {
    expect(judge(RATE, { value: 29_999.9, baseline: 60_000 })).toMatchObject({ ratio: 0.5, met: false });
    expect(judge(DELAY, { value: 50 })).toMatchObject({ value: 50, target: '< 50 ms', met: false });
  });

  it('has neither baseline nor ratio where there is nothing to compare it with', () => {
    expect(judge(DELAY, { value: 12.345 })).toMatchObject({ value: 12.3, baseline: null, ratio: null, met: true });
  });

  it('is not judged where there is no target', () => {
    expect(judge({ ...DELAY, target: [] }, { value: 12 })).toMatchObject({ target: '', met: null });
  });

  it('misses a ratio that was not measured', () => {
    expect(judge(RATE, { value: 1 })).toMatchObject({ met: false });
  });
});

describe('the report', () => {
  const rows: Row[] = [judge(RATE, { value: 30_000, baseline: 60_000 }), judge(DELAY, { value: 61.5 })];

  it('is a table with a line for each row', () => {
    expect(asTable(rows)).toBe(
      [
        '| row         |  value | unit      | baseline | ratio | target           | met |',
        '| ----------- | -----: | --------- | -------: | ----: | ---------------- | --- |',
        '| load        | 30,000 | entries/s |   60,000 |   0.5 | ≥ 0.5 × baseline | yes |',
        '| answer, p95 |   61.5 | ms        |          |       | < 50 ms          | no  |',
        '',
      ].join('\n'),
    );
  });

  it('is an array of the same rows as JSON', () => {
    expect(JSON.parse(asJson(rows))).toEqual(rows);
    expect(Object.keys(rows[0] ?? {})).toEqual(['row', 'value', 'unit', 'baseline', 'ratio', 'target', 'met']);
  });
});
