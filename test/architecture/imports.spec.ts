import { areaOf, importsOf, isSpec, SOURCES } from './source-files';

/** Each imports only what stands before it. */
const CHAIN = [
  'libs/core',
  'libs/config',
  'libs/database',
  'libs/jobs',
  'libs/accounts',
  'libs/deliveries',
  'libs/catalogue',
  'libs/ledger',
  'libs/metrics',
  'libs/indicators',
  'libs/funnel',
  'libs/targets',
  'libs/quality',
  'libs/backup',
  'libs/intake',
  'libs/assessment',
  'libs/check-up',
  'libs/self-assessment',
  'libs/reports',
];

/** Stands beside the chain: imports up to the ledger, and only programs import it. */
const DEMONSTRATION = 'libs/demonstration';

/** Calculation and data: knows neither Nest nor SQL. */
const PURE = ['libs/core', 'libs/catalogue', 'libs/assessment'];

/** A thread is begun by its path. */
const ENTRIES =
  /^(?:apps\/((alone|api|cli|worker)\/main\.ts|web\/src\/main\.tsx)|libs\/check-up\/(check-up|readers\/pdf-report)-thread\.ts)$/;

/** The files that each file imports. */
const NEXT = new Map(
  SOURCES.map((source) => [source.path, importsOf(source).flatMap(({ file }) => (file === undefined ? [] : [file]))]),
);

const FILE_IMPORTS = [...NEXT].flatMap(([from, files]) => files.map((to) => ({ from, to })));

const PACKAGE_IMPORTS = SOURCES.flatMap((source) =>
  importsOf(source).flatMap(({ specifier, file }) =>
    file === undefined ? [{ from: source.path, name: specifier }] : [],
  ),
);

function mayImport(from: string, to: string): boolean {
  if (from === to) return true;
  if (from === 'migrations') return false;
  if (to === 'migrations') return from === 'libs/database';
  if (to.startsWith('apps/')) return from === 'apps/alone' && ['apps/api', 'apps/cli', 'apps/worker'].includes(to);
  if (from === 'apps/web') return PURE.includes(to);
  if (from.startsWith('apps/')) return CHAIN.includes(to) || to === DEMONSTRATION;
  const reach = from === DEMONSTRATION ? CHAIN.indexOf('libs/ledger') + 1 : CHAIN.indexOf(from);
  return CHAIN.slice(0, Math.max(reach, 0)).includes(to);
}

function isOf(name: string, ...packages: string[]): boolean {
  return packages.some((one) => name === one || name.startsWith(`${one}/`));
}

/** The circles met on the way down from every file, each written from the file that closes it. */
function circles(): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file].join(' -> '));
    if (way.includes(file) || done.has(file)) return;
    for (const to of NEXT.get(file) ?? []) visit(to, [...way, file]);
    done.add(file);
  };
  for (const { path } of SOURCES) visit(path, []);
  return found;
}

function unreached(): string[] {
  const specs = new Set(SOURCES.filter(isSpec).map(({ path }) => path));
  const reached = new Set(SOURCES.map(({ path }) => path).filter((path) => ENTRIES.test(path)));
  for (const file of reached) for (const to of NEXT.get(file) ?? []) reached.add(to);
  return SOURCES.map(({ path }) => path).filter((path) => !specs.has(path) && !reached.has(path));
}

describe('imports', () => {
  it('are found', () => {
    expect(FILE_IMPORTS).toContainEqual({ from: 'libs/core/period.ts', to: 'libs/core/domain-error.ts' });
    expect(PACKAGE_IMPORTS).toContainEqual({ from: 'libs/database/data-source.ts', name: 'typeorm' });
  });

  it('go one way: from the programs down to the core', () => {
    const wrong = FILE_IMPORTS.filter(({ from, to }) => !mayImport(areaOf(from), areaOf(to)));

    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('know the place of every library', () => {
    const areas = new Set(SOURCES.map(({ path }) => areaOf(path)).filter((area) => area.startsWith('libs/')));

    expect([...areas].filter((area) => !CHAIN.includes(area) && area !== DEMONSTRATION)).toEqual([]);
  });

  it('never go round in a circle, not even of types', () => {
    expect(circles()).toEqual([]);
  });

  it('reach every file from a program', () => {
    expect(unreached()).toEqual([]);
  });

  it('of bullmq are made by the queues and the worker alone', () => {
    const wrong = PACKAGE_IMPORTS.filter(
      ({ from, name }) =>
        isOf(name, 'bullmq', '@nestjs/bullmq') && !['libs/jobs', 'apps/worker'].includes(areaOf(from)),
    );

    expect(wrong).toEqual([]);
  });

  it('of Nest and the database are not made where only calculation and data stand', () => {
    const wrong = PACKAGE_IMPORTS.filter(
      ({ from, name }) =>
        PURE.includes(areaOf(from)) &&
        (name.startsWith('@nestjs/') || isOf(name, 'typeorm', 'pg', 'bullmq', 'ioredis')),
    );

    expect(wrong).toEqual([]);
  });
});
