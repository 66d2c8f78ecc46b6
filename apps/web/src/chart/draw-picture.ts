import { FONT } from '../theme';

const MARGIN = 24;
const LINE = 22;
/** Sharp on paper, too. */
const SCALE = 2;

/** A drawing of a known width and height below its heading and some lines, light whatever the page is, as a PNG. */
export async function drawPicture(svg: SVGSVGElement, heading: string, lines: readonly string[]): Promise<Blob> {
  const [width, height] = [Number(svg.getAttribute('width')), Number(svg.getAttribute('height'))];
  const drawn = await load(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(lightText(svg))}`);
  const canvas = document.createElement('canvas');
  const above = MARGIN + LINE * (lines.length + 1) + 12;
  canvas.width = (width + 2 * MARGIN) * SCALE;
  canvas.height = (above + height + MARGIN) * SCALE;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('the browser draws no pictures');
  pen.scale(SCALE, SCALE);
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.textBaseline = 'top';
  pen.fillStyle = '#17262b';
  pen.font = `600 16px ${FONT}`;
  pen.fillText(heading, MARGIN, MARGIN, width);
  pen.fillStyle = '#54666d';
  pen.font = `12px ${FONT}`;
  lines.forEach((line, at) => pen.fillText(line, MARGIN, MARGIN + LINE * (at + 1) + 4, width));
  pen.drawImage(drawn, MARGIN, above, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture was made'))), 'image/png');
  });
}

/** The drawing's text with the light values of the page's variables, which outside the page mean nothing. */
function lightText(svg: SVGSVGElement): string {
  const { dataset } = document.documentElement;
  const shown = dataset['appearance'];
  dataset['appearance'] = 'light';
  const styles = getComputedStyle(document.documentElement);
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const text = new XMLSerializer()
    .serializeToString(copy)
    .replace(/var\((--[\w-]+)\)/g, (_, variable: string) => styles.getPropertyValue(variable).trim());
  dataset['appearance'] = shown;
  return text;
}

async function load(address: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}
