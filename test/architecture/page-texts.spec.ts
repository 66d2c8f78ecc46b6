import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../apps/web/src/texts');

describe('the texts of the page', () => {
  it('have one place each: of two with one name the later would be shown for both', () => {
    const places = new Map<string, string[]>();
    for (const file of readdirSync(FOLDER)) {
      for (const [, key = ''] of readFileSync(join(FOLDER, file), 'utf8').matchAll(/^ {2}(\w+):/gm)) {
        places.set(key, [...(places.get(key) ?? []), file]);
      }
    }
    expect(places.size).toBeGreaterThan(300);
    expect([...places].filter(([, files]) => files.length > 1)).toEqual([]);
  });
});
