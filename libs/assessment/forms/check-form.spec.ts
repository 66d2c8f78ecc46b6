import { ContentRefused } from '../content-reader';
import { checkForm } from './check-form';
import { DISTRICT_FORM } from './district-form';
import { FORMS } from './shipped-forms';

const [first, ...rest] = DISTRICT_FORM.lines;
const { budget } = DISTRICT_FORM;

function changed(change: object): unknown {
  return JSON.parse(JSON.stringify({ ...DISTRICT_FORM, ...change }));
}

function line(change: object): object {
  return { lines: [{ ...first, ...change }, ...rest] };
}

function inBudget(change: object): object {
  return { budget: { ...budget, ...change } };
}

describe('a form from outside', () => {
  it.each(FORMS)('is read as it is: $code', (form) => {
    expect(checkForm(JSON.parse(JSON.stringify(form)))).toEqual(form);
    expect(form.assumptions.length).toBeGreaterThan(0);
  });

  it.each<readonly [field: string, problem: string, change: object]>([
    ['', '缺少字段 lines', { lines: undefined }],
    ['scope', 'unit、project', { scope: 'office' }],
    ['columns[0].key', '之一', { columns: [{ key: 'remark', heading: '备注' }] }],
    [
      'columns',
      '重复的列',
      {
        columns: [
          { key: 'target', heading: 'A' },
          { key: 'target', heading: 'B' },
        ],
      },
    ],
    ['lines[0].path', '2 至 2 项', line({ path: ['产出指标'] })],
    ['lines[0].target', '缺少 ≥、≤ 或 ＝', line({ target: '200人' })],
    ['lines[0].target', '应以“人”为单位', line({ target: '≥200人次' })],
    ['lines[0].halfTarget', '应以“人”为单位', line({ halfTarget: '≥100%' })],
    ['lines[0].weight', '0–100', line({ weight: '-1' })],
    ['lines[0].source.key', '不在指标目录中', line({ source: { kind: 'metric', key: 'made.up' } })],
    ['lines[0].source', '不认识字段 from', line({ source: { kind: 'metric', key: 'training.total', from: '总结' } })],
    ['lines[0].source.row', '之一', line({ target: '≤5%', source: { kind: 'budget', rate: 'execution', row: 'x' } })],
    ['lines[1]', '重复', { lines: [first, first, ...rest] }],
    ['goal', '{nobody}', { goal: '培训{nobody}' }],
    ['budget.rows[1].partOf', '上面某一行', inBudget({ rows: [budget!.rows[0], { ...budget!.rows[1], partOf: 'x' }] })],
    ['budget.weight', '同时为 null', inBudget({ tier: null })],
    ['budget.ownRows', '之一', inBudget({ ownRows: 'x' })],
  ])('is refused at %s: %s', (field, problem, change) => {
    expect(() => checkForm(changed(change))).toThrow(ContentRefused);
    expect(() => checkForm(changed(change))).toThrow(problem);
    expect(() => checkForm(changed(change))).toThrow(expect.objectContaining({ details: { field } }));
  });
});
