import type { PageRules } from './pdf-rules';
import { inOneLine, onLines, type PlacedText } from './placed-text';

/** A table that is drawn with lines. */
export interface DrawnTable {
  readonly top: number;
  readonly bottom: number;
  readonly rows: string[][];
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

interface FilledBox extends Box {
  readonly pieces: PlacedText[];
}

/** Lines as far apart as this are one. */
const NEAR = 2.5;

/** The tables that a page's lines draw, their cells in their rows and columns, and the text outside of them. */
export function drawnTables(
  pieces: readonly PlacedText[],
  rules: PageRules,
): { readonly tables: DrawnTable[]; readonly free: PlacedText[] } {
  if (rules.across.length < 2 || rules.down.length < 2) return { tables: [], free: [...pieces] };
  const boxes = new Map<string, FilledBox>();
  const free: PlacedText[] = [];
  for (const piece of pieces) {
    const box = boxOf(piece, rules);
    if (!box) {
      free.push(piece);
      continue;
    }
    const key = [box.left, box.right, box.bottom, box.top].map((edge) => Math.round(edge / NEAR)).join(' ');
    const known = boxes.get(key);
    if (known) known.pieces.push(piece);
    else boxes.set(key, { ...box, pieces: [piece] });
  }
  const tables: DrawnTable[] = [];
  for (const group of groupsOf([...boxes.values()])) {
    const table = tableOf(group, rules);
    if (table) tables.push(table);
    else free.push(...group.flatMap((box) => box.pieces));
  }
  return { tables: tables.sort((one, other) => other.top - one.top), free };
}

/** The nearest lines on all four sides. */
function boxOf({ left: from, bottom: low, width, size }: PlacedText, { across, down }: PageRules): Box | undefined {
  const [x, y] = [from + Math.min(width, size) / 2, low + size * 0.3];
  let [left, right, bottom, top] = [-Infinity, Infinity, -Infinity, Infinity];
  for (const rule of down) {
    if (y < rule.from - NEAR || y > rule.to + NEAR) continue;
    if (rule.at <= x) left = Math.max(left, rule.at);
    else right = Math.min(right, rule.at);
  }
  for (const rule of across) {
    if (x < rule.from - NEAR || x > rule.to + NEAR) continue;
    if (rule.at <= y) bottom = Math.max(bottom, rule.at);
    else top = Math.min(top, rule.at);
  }
  return [left, right, bottom, top].every(Number.isFinite) ? { left, right, bottom, top } : undefined;
}

/** Boxes without a gap between them down the page: rows may hold few that are filled. */
function groupsOf(boxes: readonly FilledBox[]): FilledBox[][] {
  const groups: { bottom: number; members: FilledBox[] }[] = [];
  for (const box of [...boxes].sort((one, other) => other.top - one.top)) {
    const last = groups.at(-1);
    if (last && box.top >= last.bottom - NEAR) {
      last.members.push(box);
      last.bottom = Math.min(last.bottom, box.bottom);
    } else groups.push({ bottom: box.bottom, members: [box] });
  }
  return groups.map(({ members }) => members);
}

function tableOf(boxes: readonly FilledBox[], { across, down }: PageRules): DrawnTable | undefined {
  const [bottom, top] = [Math.min(...boxes.map((box) => box.bottom)), Math.max(...boxes.map((box) => box.top))];
  const inner = [Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right))] as const;
  // Empty columns at the sides are only drawn.
  const own = across.filter(
    ({ at, from, to }) => at >= bottom - NEAR && at <= top + NEAR && to > inner[0] + NEAR && from < inner[1] - NEAR,
  );
  const left = Math.min(inner[0], ...own.map(({ from }) => from));
  const right = Math.max(inner[1], ...own.map(({ to }) => to));
  const columns = edges(
    down.filter(({ at, from, to }) => at >= left - NEAR && at <= right + NEAR && to > bottom && from < top),
  );
  const rows = edges(own).reverse();
  // A frame around text is no table.
  if (columns.length < 3 || rows.length < 2) return undefined;
  const cells = Array.from({ length: rows.length - 1 }, () => Array.from({ length: columns.length - 1 }, () => ''));
  for (const box of boxes) {
    const row = rows.findLastIndex((edge) => edge >= box.top - NEAR);
    const column = columns.findLastIndex((edge) => edge <= box.left + NEAR);
    cells[Math.max(0, Math.min(row, rows.length - 2))]![Math.max(0, Math.min(column, columns.length - 2))] += textOf(
      box.pieces,
    );
  }
  return { top, bottom, rows: cells.filter((row) => row.some((text) => text !== '')) };
}

function edges(rules: readonly { readonly at: number }[]): number[] {
  const found: number[] = [];
  for (const { at } of [...rules].sort((one, other) => one.at - other.at)) {
    if (at - (found.at(-1) ?? -Infinity) > NEAR) found.push(at);
  }
  return found;
}

/** The lines of a cell put together. */
function textOf(pieces: readonly PlacedText[]): string {
  return onLines(pieces)
    .map((line) =>
      line
        .map(({ text }) => text)
        .join('')
        .trim(),
    )
    .reduce(inOneLine, '');
}
