import { demonstrationEntries, DEMONSTRATION_SIZE } from '../../libs/demonstration/entries';
import type { BenchContext } from './bench-context';
import type { BenchPart } from './bench-part';
import { atLeast, timesBaseline } from './bench-row';
import { copyRate, openRegistry } from './copy-baseline';
import { sendBodies, streamBodies } from './http-sender';
import { OfficeApi } from './office-api';
import { timed } from './stopwatch';

const TARGET = [timesBaseline('≥', 0.5), atLeast(30_000)];

/**
 * The demonstration's entries sent to the API of an office, as calls of 10,000 and as one stream, against COPY of the
 * same rows. The bodies are made before; sign-in, audit and marks are on.
 */
export const bulkAppend: BenchPart = {
  name: 'bulk-append',
  rows: [
    { row: 'bulk intake over HTTP, calls of 10,000', unit: 'entries/s', target: TARGET },
    { row: 'bulk intake over HTTP, NDJSON stream', unit: 'entries/s', target: TARGET },
  ],
  async measure(context) {
    const batches = [...demonstrationEntries()];
    const calls = batches.map((entries) => Buffer.from(JSON.stringify({ entries })));
    const lines = batches.map((entries) => Buffer.from(entries.map((one) => `${JSON.stringify(one)}\n`).join('')));
    const baseline = await copyRate(context);
    return [
      { value: await intakeRate(context, 'called', (...to) => sendCalls(...to, calls)), baseline },
      { value: await intakeRate(context, 'streamed', (...to) => sendStream(...to, lines)), baseline },
    ];
  },
};

/** Entries a second, into an empty ledger. @param send tells how many were written */
async function intakeRate(
  context: BenchContext,
  name: string,
  send: (url: string, token: string) => Promise<number>,
): Promise<number> {
  const database = await context.database(name);
  await openRegistry(database);
  const api = await OfficeApi.start(context, database);
  await database.checkpoint();
  let created = 0;
  const milliseconds = await timed(async () => (created = await send(api.url('/api/entries'), api.token)));
  await api.stop();
  await database.drop();
  if (created !== DEMONSTRATION_SIZE) throw new Error(`${DEMONSTRATION_SIZE - created} entries were not written`);
  return DEMONSTRATION_SIZE / (milliseconds / 1_000);
}

async function sendCalls(url: string, token: string, bodies: readonly Buffer[]): Promise<number> {
  const answers = await sendBodies(url, token, bodies);
  return answers.reduce((sum, text) => sum + Number(/"created":(\d+)/.exec(text)?.[1]), 0);
}

async function sendStream(url: string, token: string, bodies: readonly Buffer[]): Promise<number> {
  return JSON.parse(await streamBodies(url, token, bodies)).created;
}
