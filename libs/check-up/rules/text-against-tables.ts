import { decimal } from '../../core/decimal';
import type { Cell, ReportDocument, Table } from '../document';
import type { Finding } from '../finding';
import { sameQuantity, type FoundNumber } from '../found-number';
import { say } from '../say';

const HEAD_REST = /[（(][^（()）]*[)）]|(?:现场|年度|全年|本年|数量?|人数|人次|人份|份数|例数|金额|情况|\s)/g;
const CHANGES = /(?:比|较|增|减|升|降|占|累计|上年|去年|同期|平均|人均|目标|计划|其中|以上|达到|从|由)/;
const NAME_AT_MOST = 40;
/** Of more cells that a clause may name none is meant for sure. */
const LABEL = /^[\u4e00-\u9fa5A-Za-z·]{3,14}$/;

interface Named {
  readonly row: string;
  readonly column: string;
  readonly cell: Cell;
}

/** 临溪市入库1306人份 in the text and 1360 in the row of 临溪市 under 入库. */
export function textAgainstTables(document: ReportDocument): Finding[] {
  const named = document.tables.flatMap(namedCells);
  if (named.length === 0) return [];
  const byName = new Map<string, Map<string, Named[]>>();
  for (const one of named) {
    const rows = byName.get(one.column) ?? new Map<string, Named[]>();
    byName.set(one.column, rows.set(one.row, rows.get(one.row) ?? []));
    rows.get(one.row)!.push(one);
  }
  return document.sentences.flatMap((sentence) =>
    sentence.numbers.flatMap((number, index) => {
      if (!isPlain(number)) return [];
      const before = document.text.slice(sentence.start, number.start);
      const clause = /[^，,；;：:（）()]*$/.exec(before)?.[0] ?? '';
      const noun = /[^、\d]*$/.exec(clause)?.[0] ?? '';
      if (CHANGES.test(clause)) return [];
      const columns = new Set([...endsOf(noun), ...endsOf(noun.replace(/(?:志愿者|血样|了|为|共|约|达)$/, ''))]);
      const cells = [...columns].flatMap((column) => {
        const rows = byName.get(column);
        return rows ? labelsIn(clause).flatMap((row) => rows.get(row) ?? []) : [];
      });
      const like = cells.filter(({ cell }) => sameUnit(cell.number!, number));
      if (like.length === 0 || like.some(({ cell }) => sameQuantity(cell.number!, number))) return [];
      const values = new Set(like.map(({ cell }) => cell.number!.value));
      const [first] = like;
      if (values.size !== 1 || !first || !isNear(first.cell.number!, number)) return [];
      const others = sentence.numbers.filter((_, at) => at !== index);
      if (others.some((one) => sameQuantity(one, first.cell.number!) && one.unit === number.unit)) return [];
      return [tell(number, first.cell, first), tell(first.cell.number!, number, first)];
    }),
  );
}

/** As names of columns may be: 采样入库, 样入库, 入库. */
function endsOf(noun: string): string[] {
  return Array.from({ length: Math.min(noun.length, NAME_AT_MOST) }, (_, length) => noun.slice(-length - 1));
}

/** Whatever may be the name of a row. */
function labelsIn(clause: string): string[] {
  const found = new Set<string>();
  for (let from = 0; from < clause.length; from++)
    for (let length = 3; length <= 14 && from + length <= clause.length; length++)
      found.add(clause.slice(from, from + length));
  return [...found];
}

function namedCells(table: Table): Named[] {
  const { head, rows } = table;
  return rows.flatMap((row) => {
    const label = row.find(({ text, number }) => number === undefined && /[\u4e00-\u9fa5]/.test(text))?.text ?? '';
    const name = label.split('·').at(-1)!.trim();
    if (!LABEL.test(name) || /(?:合计|总计|小计|其他|其余)/.test(name)) return [];
    return row.flatMap((cell) => {
      const column = head[cell.column]!.replace(HEAD_REST, '');
      return cell.number && cell.number.kind !== 'rate' && [...column].length >= 2 && !CHANGES.test(column)
        ? [{ row: name, column, cell }]
        : [];
    });
  });
}

function isPlain({ kind, worded, bound, range, rough, period, measure }: FoundNumber): boolean {
  return measure === '' && kind !== 'rate' && kind !== 'bare' && !worded && !bound && !range && !rough && period === '';
}

function sameUnit(cell: FoundNumber, number: FoundNumber): boolean {
  return cell.unit === number.unit || cell.unit === '';
}

/** What is far off is of another thing. */
function isNear(one: FoundNumber, other: FoundNumber): boolean {
  const [a, b] = [decimal(one.value), decimal(other.value)];
  return !a.isZero() && !b.isZero() && a.div(b).gte(decimal('0.5')) && a.div(b).lte(2);
}

function tell(at: FoundNumber, other: FoundNumber | Cell, { row, column }: Named): Finding {
  return say(
    'text-table',
    at,
    {
      zh: `“${row}”的“${column}”此处为${at.text}，第 ${other.line + 1} 行为${other.text}，文字与表格不一致，请核对原始数据。`,
      en: `"${column}" of "${row}" is ${at.text} here and ${other.text} in line ${other.line + 1}: text and table differ.`,
    },
    { related: [other], expected: other.text },
  );
}
