import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { BenchContext } from './bench-context';
import type { BenchPart } from './bench-part';
import { BENCH_PARTS } from './bench-parts';
import { asJson, asTable } from './bench-report';
import { judge, type Row } from './bench-row';
import { machine } from './machine';

let interrupted = false;

/** Measures, and prints a table, or JSON and nothing else; a row that misses its target is no failure. */
async function main(): Promise<void> {
  const { json, only, large } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      large: { type: 'boolean', default: false },
    },
  }).values;
  const parts = chosen(only, large);
  // A reader that goes away early must not leave the server behind.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const context = await BenchContext.open();
  endOnSignal(context);
  try {
    const rows: Row[] = [];
    for (const part of parts) rows.push(...(await measure(part, context).catch(withoutRows)));
    const ranOn = `${machine(await context.postgresVersion()).join('\n')}\n`;
    process.stdout.write(json ? asJson(rows) : `${asTable(rows)}\n${ranOn}`);
  } finally {
    if (!interrupted) await context.end();
  }
}

async function measure(part: BenchPart, context: BenchContext): Promise<Row[]> {
  process.stderr.write(`${part.name}: ${part.rows.map(({ row }) => row).join('; ')}\n`);
  const measurements = await part.measure(context);
  return part.rows.map((definition, place) => {
    const measurement = measurements[place];
    if (!measurement) throw new Error(`${definition.row} was not measured`);
    return judge(definition, measurement);
  });
}

/** What one part cannot measure takes no row of another away. */
function withoutRows(error: Error): Row[] {
  if (interrupted) throw error;
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exitCode = 1;
  return [];
}

function chosen(names: readonly string[], large: boolean): readonly BenchPart[] {
  if (names.length === 0) return BENCH_PARTS.filter((part) => large || !part.large);
  const known = BENCH_PARTS.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`--only ${unknown.join(', ')}: there is ${known.join(', ')}`);
  return BENCH_PARTS.filter(({ name }) => names.includes(name));
}

function endOnSignal(context: BenchContext): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interrupted) return;
      interrupted = true;
      void context.end().finally(() => process.exit(130));
    });
  }
}

main().catch((error: Error) => {
  // What was under way when it was interrupted fails, and says nothing new.
  if (interrupted) return;
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exitCode = 1;
});
