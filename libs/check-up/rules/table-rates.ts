import { decimal } from '../../core/decimal';
import type { Cell, ReportDocument, Table } from '../document';
import type { Finding } from '../finding';
import type { FoundNumber } from '../found-number';
import { growth, holdAgainst, quotient, type Reckoning } from '../ratio';
import { RATE_PARTS } from '../rate-parts';
import { judgeRate } from '../say';
import { strippedNoun } from '../noun';
import { isTotal, sumOfColumn, totalRow } from '../table-totals';

const RATE_HEAD = /(?:率|^占|占比|比重|比例|增减|增幅|增长|降幅|同比|偏差|满意度|进度|完成情况|%)/;
/** Rows above and below among which a rate's parts are looked for. */
const ROWS_AROUND = 60;

type Way = (row: readonly Cell[], table: Table) => Reckoning | undefined;

interface Candidate {
  readonly way: Way;
  /** The names of the columns say so. */
  readonly named: boolean;
}

/** Rates of a table: by its columns, or where its rows are named quantities and rates, by those. */
export function tableRates(document: ReportDocument): Finding[] {
  return document.tables.flatMap((table) => [...byColumns(table), ...byRows(table)]);
}

function byColumns(table: Table): Finding[] {
  const findings: Finding[] = [];
  table.head.forEach((head, column) => {
    const rates = table.rows.filter((row) => row[column]?.number?.kind === 'rate' && !row[column].number!.bound);
    if (rates.length === 0 || !(RATE_HEAD.test(head) || rates.length > table.rows.length / 2)) return;
    if (/(?:目标|指标值|计划|权重)/.test(head) && !/率/.test(head)) return;
    const best = chosen(table, column, rates);
    if (!best) return;
    for (const row of rates) {
      const rate = row[column]!.number!;
      const reckoning = best.way(row, table);
      if (!reckoning || isZeroTargetDeviation(head, rate, reckoning)) continue;
      // The total of the shares is their sum, which is held elsewhere.
      if (isTotal(row) && /(?:^占|占比|比重|比例)/.test(head)) continue;
      const finding = judgeRate(rate, reckoning, { cell: row[column], signed: /偏差|增长|增幅|增减|同比/.test(head) });
      // A total that does not add is told as that; its rate may be of the right one.
      if (!finding || (isTotal(row) && fitsSums(rate, best, row, table))) continue;
      if (fitsOwnSum(rate, reckoning, row, table)) continue;
      findings.push(finding);
    }
  });
  return findings;
}

/** The share of what the rows add up to is right where their printed total, which is told elsewhere, is not. */
function fitsOwnSum(rate: FoundNumber, { from, below }: Reckoning, row: readonly Cell[], table: Table): boolean {
  const [part, whole] = from;
  const column = part && row.find(({ number }) => number === part)?.column;
  const total = column === undefined ? undefined : totalRow(table)?.[column]?.number;
  if (!part || !whole || column === undefined || whole !== total) return false;
  const sum = sumOfColumn(table, column);
  if (sum.isZero() || sum.eq(below)) return false;
  return holdAgainst(rate, { above: decimal(part.value), below: sum, told: '', from: [part] }).fits;
}

function fitsSums(rate: FoundNumber, { way }: Candidate, total: readonly Cell[], table: Table): boolean {
  const summed = total.map((cell): Cell => {
    if (!cell.number || cell.number.kind === 'rate') return cell;
    return { ...cell, number: { ...cell.number, value: sumOfColumn(table, cell.column).toFixed() } };
  });
  const mixed = [summed, ...total.map((cell, column) => summed.map((one, at) => (at === column ? cell : one)))];
  return mixed.some((row) => {
    const reckoning = way(row, table);
    return reckoning !== undefined && !reckoning.below.isZero() && holdAgainst(rate, reckoning).fits;
  });
}

/** The forms print 100% for any deviation from a target of 0, and 0% for none. */
function isZeroTargetDeviation(head: string, { value }: FoundNumber, { above, below }: Reckoning): boolean {
  if (!/偏差/.test(head) || !below.isZero()) return false;
  return value === (above.isZero() ? '0' : '100');
}

/** The way that most rows are reckoned by; where rows are few, one that the names of the columns tell. */
function chosen(table: Table, column: number, rows: readonly (readonly Cell[])[]): Candidate | undefined {
  let best: { candidate: Candidate; fits: number; of: number } | undefined;
  for (const candidate of candidatesFor(table, column)) {
    let [fits, of] = [0, 0];
    for (const row of rows) {
      const reckoning = candidate.way(row, table);
      if (!reckoning) continue;
      if (reckoning.below.isZero()) continue;
      of += 1;
      if (holdAgainst(row[column]!.number!, reckoning, /偏差|增长|增幅|增减|同比/.test(table.head[column]!)).fits)
        fits += 1;
    }
    const better = !best || fits > best.fits || (fits === best.fits && candidate.named && !best.candidate.named);
    if (better) best = { candidate, fits, of };
  }
  if (!best) return undefined;
  const { candidate, fits, of } = best;
  if (fits >= 2 && fits * 2 >= of) return candidate;
  return candidate.named && (fits > 0 || of <= 2) && fits * 2 >= of - 1 ? candidate : undefined;
}

function candidatesFor(table: Table, column: number): Candidate[] {
  const head = table.head[column]!;
  const numeric = table.head.flatMap((_, index) =>
    index !== column && table.rows.some((row) => isQuantity(row[index]?.number)) ? [index] : [],
  );
  const found: Candidate[] = [];
  const isMeasured = (index: number): boolean => !/(?:分值|得分|权重)/.test(table.head[index]!);
  const deviates = /偏差/.test(head);
  const grows = /(?:增长|增幅|同比|增减|变动率|降幅)/.test(head);
  // Points are no part of a deviation or of a growth.
  const parts = (deviates || grows ? numeric.filter(isMeasured) : numeric).slice(0, 16);
  for (const above of parts) {
    const [nameAbove] = [table.head[above]!];
    if (/(?:^占|占比|比重|比例)/.test(head)) {
      const named = numeric.length === 1 || head.startsWith(nameAbove.slice(0, 2)) || above === column - 1;
      found.push({ way: shareOfTotal(above), named });
    }
    for (const below of parts) {
      if (above === below) continue;
      const nameBelow = table.head[below]!;
      if (deviates || grows) {
        const named = deviates
          ? /(?:完成|实际|执行)/.test(nameAbove) && /(?:目标|指标|计划|年初)/.test(nameBelow)
          : /(?:本年|本期|今年|当年|20\d\d)/.test(nameAbove) &&
            /(?:上年|去年|同期|20\d\d)/.test(nameBelow) &&
            nameAbove !== nameBelow &&
            yearsFollow(nameAbove, nameBelow);
        found.push({ way: pair(above, below, growth), named });
      }
      if (!deviates && !grows)
        found.push({ way: pair(above, below, quotient), named: isNamed(head, nameAbove, nameBelow) });
    }
  }
  return found;
}

function yearsFollow(above: string, below: string): boolean {
  const [one, other] = [above, below].map((name) => /20\d\d/.exec(name)?.[0]);
  return one === undefined || other === undefined || Number(one) > Number(other);
}

function isNamed(head: string, above: string, below: string): boolean {
  const letters = /[（(]\s*([A-Z])\s*[/÷／]\s*([A-Z])\s*[)）]/.exec(head);
  if (letters)
    return (
      new RegExp(`[（(]\\s*${letters[1]}\\s*[)）]`).test(above) &&
      new RegExp(`[（(]\\s*${letters[2]}\\s*[)）]`).test(below)
    );
  if (/占比|比重/.test(head)) return /(?:合计|总)/.test(below);
  return RATE_PARTS.some(
    (parts) => parts.name.test(head) && parts.above.test(above) && parts.below.test(below) && !parts.above.test(below),
  );
}

function isQuantity(number: FoundNumber | undefined): boolean {
  return number !== undefined;
}

function pair(above: number, below: number, reckon: (one: FoundNumber, other: FoundNumber) => Reckoning): Way {
  return (row) => {
    const [up, down] = [row[above]?.number, row[below]?.number];
    return up && down && up.kind === down.kind ? reckon(up, down) : undefined;
  };
}

function shareOfTotal(column: number): Way {
  return (row, table) => {
    const number = row[column]?.number;
    if (!number || number.kind === 'rate') return undefined;
    const total = totalRow(table)?.[column]?.number;
    if (total) return quotient(number, total);
    const sum = sumOfColumn(table, column);
    return { above: decimal(number.value), below: sum, told: `${number.text} ÷ 合计 ${sum.toFixed()}`, from: [number] };
  };
}

/** 初筛 | 10008, 初筛同意 | 4877, 初筛成功率 | 48.73%: one column, its rows the parts. */
function byRows(table: Table): Finding[] {
  const findings: Finding[] = [];
  table.head.forEach((head, column) => {
    if (/(?:目标|指标值|计划|偏差|得分|分值)/.test(head)) return;
    const cells = table.rows.flatMap((row) =>
      row[column]?.number ? [{ cell: row[column], name: nameOf(row, column) }] : [],
    );
    cells.forEach(({ cell, name }, at) => {
      const rate = cell.number!;
      if (rate.kind !== 'rate' || rate.bound || !/率$|占比$|比例$|度$/.test(name)) return;
      const ways = waysOf(
        name,
        cells.slice(Math.max(0, at - ROWS_AROUND), at + ROWS_AROUND).filter((one) => one.cell.number!.kind !== 'rate'),
      );
      if (ways.length === 0 || ways.some((way) => !way.below.isZero() && holdAgainst(rate, way).fits)) return;
      const finding = judgeRate(rate, ways[0]!, { cell });
      if (finding) findings.push(finding);
    });
  });
  return findings;
}

function nameOf(row: readonly Cell[], column: number): string {
  const names = row
    .slice(0, column)
    .filter(
      ({ text, number }) =>
        text !== '' && !number && !/^(?:%|‰|万分之|人次|人份|人|例|份|个|次|场|单位|万元|元|项|吨|\d+)$/.test(text),
    );
  return (names.at(-1)?.text ?? '').replace(/[（(][^（()）]*[)）]$/, '').trim();
}

function waysOf(name: string, others: readonly { readonly cell: Cell; readonly name: string }[]): Reckoning[] {
  const ways: Reckoning[] = [];
  const stem = strippedNoun(name.replace(/(?:成功|同意|完成|合格|通过)?(?:率|占比|比例)$/, ''));
  const bare = (text: string): string => text.replace(/(?:人数|人次|例数|数|量)$/, '');
  const whole = others.find((one) => stem.length >= 2 && bare(one.name) === stem);
  const part = others.find(
    (one) =>
      one !== whole && stem.length >= 2 && one.name.includes(stem) && /(?:同意|成功|合格|完成|通过)/.test(one.name),
  );
  if (whole && part) ways.push(quotient(part.cell.number!, whole.cell.number!));
  for (const { above, below, mixed, name: rate } of RATE_PARTS) {
    if (!rate.test(name) || stem.length > 8) continue;
    const ups = others.filter((one) => above.test(one.name));
    const downs = others.filter((one) => below.test(one.name));
    if (ups.length !== 1 || downs.length < 1) continue;
    const down = downs.filter((one) => one !== ups[0]);
    if (down.length !== 1 || (!mixed && down[0]!.cell.number!.unit !== ups[0]!.cell.number!.unit)) continue;
    ways.push(quotient(ups[0]!.cell.number!, down[0]!.cell.number!));
  }
  return ways;
}
