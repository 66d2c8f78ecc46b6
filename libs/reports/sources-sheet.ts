import type { Worksheet } from 'exceljs';
import { printActual } from '../assessment/fill';
import type { FilledForm, FilledLine } from '../assessment/filled-form';
import { printQuantity } from '../core/target-text';
import type { AssessmentHead } from './assessment-head';
import { heightFor, merge, nextRow, writeLong, writeText, type CellLook } from './sheet-cells';
import { timeInShanghai } from './shanghai-time';

const COLUMNS = [
  { title: '序号', width: 6 },
  { title: '三级指标', width: 20 },
  { title: '实际完成值', width: 15 },
  { title: '指标编码', width: 34 },
  { title: '口径', width: 48 },
  { title: '分子', width: 11 },
  { title: '分母', width: 11 },
  { title: '口径版本', width: 9 },
  { title: '台账序号', width: 12 },
  { title: '计算时间', width: 17 },
  { title: '封存值（前16位）', width: 20 },
];
const LEFT: CellLook = { align: 'left' };
const WHOLE_WIDTH = COLUMNS.reduce((sum, { width }) => sum + width, 0);

/** Where each line's actual comes from: definition, version, parts, and the ledger's position it was reckoned from. */
export function drawSourcesSheet(sheet: Worksheet, form: FilledForm, { printedAt }: AssessmentHead): void {
  sheet.columns = COLUMNS.map(({ width }) => ({ width }));
  const title = nextRow(sheet, 30);
  writeText(title.getCell(1), '数据来源', { size: 16, font: '黑体', grid: false });
  merge(title, 1, COLUMNS.length);
  const heading = nextRow(sheet, 24);
  COLUMNS.forEach((column, at) => writeText(heading.getCell(at + 1), column.title, { bold: true }));
  form.lines.forEach((line, at) => {
    const { source, numerator, denominator } = line;
    const texts = [
      String(at + 1),
      line.name,
      printActual(line),
      source.key ?? (source.kind === 'budget' ? '预算表' : '填报'),
      formulaOf(line),
      numerator ?? '—',
      denominator ?? '—',
      source.version === null ? '—' : `第${source.version}版`,
      source.position ?? '—',
      source.computedAt === null ? '—' : timeInShanghai(new Date(source.computedAt)),
      line.seal?.slice(0, 16) ?? '—',
    ];
    const row = nextRow(sheet, heightFor(texts.map((text, column) => ({ text, width: COLUMNS[column]!.width }))));
    texts.forEach((text, column) =>
      writeLong(row.getCell(column + 1), text, COLUMNS[column]!.width, [1, 3, 4].includes(column) ? LEFT : {}),
    );
  });
  for (const text of notes(form, printedAt)) {
    const row = nextRow(sheet, heightFor([{ text, width: WHOLE_WIDTH }]));
    writeText(row.getCell(1), text, { ...LEFT, grid: false });
    merge(row, 1, COLUMNS.length);
  }
  sheet.pageSetup.printArea = `A1:K${sheet.rowCount}`;
  sheet.pageSetup.printTitlesRow = `${heading.number}:${heading.number}`;
}

/** How it was reckoned, and where an office's own figure stands in its place, from which paper and why. */
function formulaOf({ source, typed, computed, reason, evidence, unit }: FilledLine): string {
  return [
    source.formula,
    ...(source.document === null || source.document === source.label ? [] : [`出处：${source.document}`]),
    ...(typed && computed !== null
      ? [`填报 ${printQuantity(typed.actual, unit)}，台账 ${printQuantity(computed, unit)}，理由：${reason ?? '未写'}`]
      : reason === null
        ? []
        : [`理由：${reason}`]),
    ...(evidence.length === 0 ? [] : [`佐证：${evidence.join('、')}`]),
  ].join('\n');
}

function notes({ form, pack, lines, assumptions }: FilledForm, printedAt: Date): string[] {
  const seals = [...new Set(lines.flatMap(({ seal }) => seal ?? []))];
  return [
    `表式：${form.title.zh}（${form.code}）第${form.version}版；计分规则：${pack.label.zh}（${pack.code}）第${pack.version}版。`,
    `导出时间：${timeInShanghai(printedAt)}`,
    ...seals.map((seal) => `封存值：${seal}`),
    '下列各项属于假定，或须由本单位核对：',
    ...assumptions.map(({ zh }, at) => `${at + 1}. ${zh}`),
  ];
}
