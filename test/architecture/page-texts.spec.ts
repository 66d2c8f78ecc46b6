import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

const SOURCE = join(__dirname, '../../apps/web/src');
const FILES = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
const TEXT = new Map(FILES.map((file) => [file, readFileSync(join(SOURCE, file), 'utf8')]));

/** The file of texts that has a key. */
const HOME = new Map(
  FILES.filter((file) => file.startsWith('texts/')).flatMap((file) =>
    [...TEXT.get(file)!.matchAll(/^ {2}'?([\w.]+)'?: say\(/gm)].map(([, key]) => [key!, file] as const),
  ),
);

/** The modules that come with a file, those that are loaded later left out. */
function closure(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path] of TEXT.get(file)!.matchAll(
    /^(?:import (?!type)|\} from |export \{[^}]*\} from )[^;]*?'(\.[^']+)';/gm,
  )) {
    const base = relative(SOURCE, normalize(join(SOURCE, dirname(file), path!)));
    const module = [`${base}.ts`, `${base}.tsx`].find((one) => TEXT.has(one));
    if (module !== undefined) closure(module, found);
  }
  return found;
}

function keysSaid(file: string): string[] {
  return [...TEXT.get(file)!.matchAll(/\bt\(([^)]*)\)/g)].flatMap(([, said]) =>
    [...said!.matchAll(/'(\w+)'/g)].map(([, key]) => key!).filter((key) => HOME.has(key)),
  );
}

const FIRST = closure('main.tsx');
const LATER = FILES.flatMap((file) =>
  [...TEXT.get(file)!.matchAll(/import\('(\.[^']+)'\)/g)].map(([, path]) =>
    relative(SOURCE, `${normalize(join(SOURCE, dirname(file), path!))}.tsx`),
  ),
);

it.each(['main.tsx', ...new Set(LATER)])('%s brings every text that it says', (root) => {
  const brought = new Set([...closure(root), ...FIRST]);
  // A part of a page that is loaded later finds the texts of its page there.
  for (const folder of LATER) if (dirname(folder) === dirname(root)) closure(folder).forEach((one) => brought.add(one));
  const missing = [...closure(root)].flatMap((file) =>
    keysSaid(file)
      .filter((key) => !brought.has(HOME.get(key)!))
      .map((key) => `${file}: ${key} of ${HOME.get(key)}`),
  );
  expect(missing).toEqual([]);
});

it('has a text for every key once', () => {
  const keys = FILES.filter((file) => file.startsWith('texts/')).flatMap((file) =>
    [...TEXT.get(file)!.matchAll(/^ {2}'?([\w.]+)'?: say\(/gm)].map(([, key]) => key!),
  );
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});
