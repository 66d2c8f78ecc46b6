/** The lines that a page draws, across and down; the page's bottom is 0. */
export interface PageRules {
  readonly across: readonly { readonly at: number; readonly from: number; readonly to: number }[];
  readonly down: readonly { readonly at: number; readonly from: number; readonly to: number }[];
}

type Matrix = readonly number[];

/** What of the library is needed here; it is loaded with the first PDF. */
export type Pdf = Pick<typeof import('pdfjs-dist'), 'OPS' | 'Util'>;

interface Drawing {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

const RULES_AT_MOST = 5_000;
/** A filled area as thin as this is a line. */
const THIN = 3;
const STRAIGHT = 0.5;

/** What a page draws as lines: strokes, and areas too thin to be anything else. */
export function rulesOf({ fnArray, argsArray }: Drawing, { OPS: ops, Util }: Pdf): PageRules {
  const rules = { across: [] as PageRules['across'][number][], down: [] as PageRules['down'][number][] };
  const strokes = new Set([
    ops.stroke,
    ops.closeStroke,
    ops.fillStroke,
    ops.eoFillStroke,
    ops.closeFillStroke,
    ops.closeEOFillStroke,
  ]);
  const fills = new Set([ops.fill, ops.eoFill]);
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  const kept: Matrix[] = [];
  for (const [index, operation] of fnArray.entries()) {
    if (rules.across.length + rules.down.length > RULES_AT_MOST) break;
    const given = argsArray[index] as readonly unknown[] | null;
    if (operation === ops.save) kept.push(matrix);
    else if (operation === ops.restore) matrix = kept.pop() ?? matrix;
    else if (operation === ops.transform) matrix = Util.transform(matrix, given);
    else if (operation === ops.paintFormXObjectBegin) {
      kept.push(matrix);
      if (Array.isArray(given?.[0])) matrix = Util.transform(matrix, given[0]);
    } else if (operation === ops.paintFormXObjectEnd) matrix = kept.pop() ?? matrix;
    else if (operation === ops.constructPath && given) {
      const [painted, [path] = []] = given as readonly [number, readonly ArrayLike<number>[]];
      if (!path || !(strokes.has(painted) || fills.has(painted))) continue;
      for (const figure of figuresOf(path, matrix)) add(figure, strokes.has(painted), rules);
    }
  }
  return rules;
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

/** Runs of corners between moves; curves are left out. */
function figuresOf(path: ArrayLike<number>, [a, b, c, d, e, f]: Matrix): Corner[][] {
  const figures: Corner[][] = [];
  const corner = (at: number): Corner => {
    const [x, y] = [path[at]!, path[at + 1]!];
    return { x: a! * x + c! * y + e!, y: b! * x + d! * y + f! };
  };
  for (let at = 0; at < path.length;) {
    const step = path[at++];
    if (step === 0) {
      figures.push([corner(at)]);
      at += 2;
    } else if (step === 1) {
      figures.at(-1)?.push(corner(at));
      at += 2;
    } else if (step === 2) at += 6;
    else if (step === 3) {
      const first = figures.at(-1)?.[0];
      if (first) figures.at(-1)!.push(first);
    } else break;
  }
  return figures;
}

function add(
  figure: readonly Corner[],
  stroked: boolean,
  { across, down }: { across: PageRules['across'][number][]; down: PageRules['down'][number][] },
): void {
  const xs = figure.map(({ x }) => x);
  const ys = figure.map(({ y }) => y);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  if (!stroked || (figure.length > 3 && Math.min(right - left, high - low) < THIN)) {
    if (high - low < THIN && right - left > THIN) across.push({ at: (low + high) / 2, from: left, to: right });
    else if (right - left < THIN && high - low > THIN) down.push({ at: (left + right) / 2, from: low, to: high });
    return;
  }
  for (const [index, to] of figure.entries()) {
    const from = figure[index - 1];
    if (!from) continue;
    if (Math.abs(from.y - to.y) < STRAIGHT && Math.abs(from.x - to.x) > THIN)
      across.push({ at: to.y, from: Math.min(from.x, to.x), to: Math.max(from.x, to.x) });
    else if (Math.abs(from.x - to.x) < STRAIGHT && Math.abs(from.y - to.y) > THIN)
      down.push({ at: to.x, from: Math.min(from.y, to.y), to: Math.max(from.y, to.y) });
  }
}
