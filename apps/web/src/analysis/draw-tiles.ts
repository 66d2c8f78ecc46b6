import { FONT } from '../theme';

/** A tile as it is drawn: its lines, and how it looks. */
export interface DrawnTile {
  readonly lines: readonly [name: string, rate: string, counted: string];
  /** From 1; none where there is no rate. */
  readonly step: number | undefined;
  readonly few: boolean;
}

const [ACROSS, WIDTH, HEIGHT, GAP, LEGEND] = [5, 132, 72, 6, 28];
const BROKEN = { 'stroke-dasharray': '4 3' };
const SVG = 'http://www.w3.org/2000/svg';

/**
 * The tiles as a drawing of the colours that the page gives them.
 *
 * @param legend what each colour says
 * @param few what a broken line says
 */
export function drawTiles(tiles: readonly DrawnTile[], legend: readonly string[], few: string): SVGSVGElement {
  const width = ACROSS * (WIDTH + GAP);
  const height = Math.ceil(tiles.length / ACROSS) * (HEIGHT + GAP) + LEGEND;
  const svg = made('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': FONT });
  tiles.forEach(({ lines, step, few: broken }, at) => {
    const [x, y] = [(at % ACROSS) * (WIDTH + GAP) + 1, Math.floor(at / ACROSS) * (HEIGHT + GAP) + 1];
    const fill = step === undefined ? 'var(--surface)' : `var(--shade-${step})`;
    const stroke = broken ? 'var(--ink)' : 'var(--line)';
    const box = { x, y, width: WIDTH - 2, height: HEIGHT - 2, rx: 8, fill, stroke };
    svg.append(made('rect', broken ? { ...box, ...BROKEN } : box));
    const ink = step === undefined ? 'var(--muted)' : inkOn(step);
    lines.forEach((line, down) => {
      const look = { x: x + 10, y: y + 20 + down * 20, fill: ink, 'font-size': [13, 14, 12][down]! };
      svg.append(made('text', down === 0 ? { ...look, 'font-weight': 600 } : look, line));
    });
  });
  [...legend, few].forEach((text, at) => {
    const [x, y] = [1 + (at * width) / (legend.length + 1), height - 16];
    const look =
      at < legend.length ? { fill: `var(--shade-${at + 1})` } : { fill: 'none', stroke: 'var(--ink)', ...BROKEN };
    svg.append(made('rect', { x, y, width: 14, height: 14, rx: 3, ...look }));
    svg.append(made('text', { x: x + 20, y: y + 12, fill: 'var(--muted)', 'font-size': 12 }, text));
  });
  return svg;
}

/** What can be read on a step's colour. */
function inkOn(step: number): string {
  return step < 3 ? 'var(--ink)' : step === 3 ? 'var(--on-middle)' : 'var(--surface)';
}

function made<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number>>,
  text = '',
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SVG, name) as SVGElementTagNameMap[Name];
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = text;
  return element;
}
