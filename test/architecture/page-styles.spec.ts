import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = join(__dirname, '../../apps/web/src');
const STYLES = join(SOURCE, 'styles');
const SHEETS = readdirSync(STYLES).map((name) => ({ name, text: readFileSync(join(STYLES, name), 'utf8') }));
const LINES_AT_MOST = 300;

function withText(text: string | RegExp): string[] {
  return SHEETS.filter((sheet) => sheet.text.match(text)).map(({ name }) => name);
}

describe('the style sheets', () => {
  it('are short', () => {
    const long = SHEETS.filter(({ text }) => text.split('\n').length - 1 > LINES_AT_MOST).map(({ name }) => name);
    expect(long).toEqual([]);
  });

  it('are each used', () => {
    const code = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
    const all = code.map((file) => readFileSync(join(SOURCE, file), 'utf8')).join('\n');
    expect(SHEETS.filter(({ name }) => !all.includes(`styles/${name}'`)).map(({ name }) => name)).toEqual([]);
  });

  it('put the heads of narrow tables away in one place', () => {
    expect(withText(/thead[^{}]*\{[^}]*clip-path/)).toEqual(['narrow-tables.css']);
  });

  it('say in one place what is printed of every page', () => {
    expect(withText(/@page/)).toEqual(['print.css']);
  });
});
