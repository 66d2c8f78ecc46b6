import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { openEmbeddedServer } from '../../libs/database/embedded-server';
import type { BenchPart } from './bench-part';
import { atLeast, below } from './bench-row';
import { findIndicatorPosition } from './freshness.queries';
import { furtherEntries, furtherRequests } from './further-entries';
import { sendEntries, type Sent } from './http-sender';
import type { RunningProgram } from './running-program';
import { p95 } from './stopwatch';

const CONNECTIONS = 16;
const ENTRIES = 5_000;
const PER_SECOND = 200;
const SECONDS = 10;
const LIMIT_MS = 60_000;

/** One entry a request, to the program with its worker in the same process; and how soon its indicator shows it. */
export const oneEntry: BenchPart = {
  name: 'one-entry',
  rows: [
    { row: 'one entry over HTTP, 16 connections', unit: 'entries/s', target: [atLeast(1_000)] },
    { row: 'one entry over HTTP, p95', unit: 'ms', target: [below(30)] },
    { row: 'entry to indicator at 200 entries/s, p95', unit: 's', target: [below(1)] },
  ],
  async measure(context) {
    const { program } = await context.program();
    const url = program.url('/api/entries');
    const begun = performance.now();
    const sent = await sendEntries(url, furtherEntries(ENTRIES), { connections: CONNECTIONS, limitMs: LIMIT_MS });
    const seconds = (performance.now() - begun) / 1_000;
    return [
      { value: sent.length / seconds },
      { value: p95(sent.map(({ at, answeredAt }) => answeredAt - at)) },
      { value: p95(await freshness(program)) / 1_000 },
    ];
  },
};

/** Milliseconds from the sending of each entry until the indicator's value stands on it. */
async function freshness(program: RunningProgram): Promise<number[]> {
  const server = await openEmbeddedServer({ dataDir: program.dataDir });
  const client = new Client({ connectionString: server.applicationUrl('marrow_demonstration') });
  await client.connect();
  try {
    const shown: { at: number; position: number }[] = [];
    let sent: readonly Sent[] | undefined;
    const sending = sendEntries(program.url('/api/entries'), furtherRequests(PER_SECOND * SECONDS), {
      connections: CONNECTIONS,
      perSecond: PER_SECOND,
      limitMs: LIMIT_MS,
    }).then((all) => (sent = all));
    const deadline = performance.now() + 2 * LIMIT_MS;
    while (!sent || last(shown) < Math.max(...sent.map(({ position }) => position))) {
      if (performance.now() > deadline) throw new Error('the indicator does not follow the entries');
      const position = await findIndicatorPosition(client, DEMONSTRATION_REGISTRY.registryId);
      if (position > last(shown)) shown.push({ at: performance.now(), position });
      await pause(5);
    }
    return (await sending).map(({ at, position }) => shownAt(shown, position) - at);
  } finally {
    await client.end();
    await server.close();
  }
}

function last(shown: readonly { position: number }[]): number {
  return shown.at(-1)?.position ?? 0;
}

function shownAt(shown: readonly { at: number; position: number }[], position: number): number {
  return shown.find((one) => one.position >= position)?.at ?? Number.NaN;
}
