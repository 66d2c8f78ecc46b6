import { inertText } from '../core/inert-text';
import type { RecordedAct } from './search-audit.queries';

const HEAD = ['序号', '时间', '操作人', '操作', '对象', '机构', '来源地址', '结果', '详情', '指纹'];
const RESULTS: Readonly<Record<RecordedAct['result'], string>> = { done: '完成', refused: '被拒', failed: '出错' };

/** Acts as CSV, line by line, with the mark by which a spreadsheet knows UTF-8. */
export async function* actsAsCsv(acts: AsyncIterable<RecordedAct>): AsyncGenerator<string> {
  yield `\uFEFF${lineOf(HEAD)}`;
  for await (const { seq, at, actor, act, thing, org, address, result, detail, hash } of acts) {
    const time = at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });
    const said = detail === null ? null : JSON.stringify(detail);
    yield lineOf([seq, time, actor, act, thing, org, address, RESULTS[result], said, hash]);
  }
}

function lineOf(cells: readonly (string | null)[]): string {
  return `${cells.map(cellOf).join()}\r\n`;
}

/** A cell that shows its text, and runs nothing. */
export function cellOf(text: string | null): string {
  return `"${inertText(text ?? '').replaceAll('"', '""')}"`;
}
