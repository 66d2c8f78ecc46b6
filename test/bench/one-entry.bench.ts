import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { DEMONSTRATION_REGISTRY } from '../../libs/demonstration/registry';
import { openEmbeddedServer } from '../../libs/database/embedded-server';
import type { BenchPart } from './bench-part';
import { atLeast, below } from './bench-row';
import { findIndicatorPosition, findRevisitedPosition } from './freshness.queries';
import { furtherEntries, furtherRequests, quietEntries, requestsBefore } from './further-entries';
import { sendEntries, sendEntry, type Sent } from './http-sender';
import type { RunningProgram } from './running-program';
import { p95 } from './stopwatch';

const CONNECTIONS = 16;
const ENTRIES = 5_000;
/** Sent before, so that what is measured is how it runs on, and not how it is compiled. */
const WARMING_UP = 5_000;
const PER_SECOND = 200;
const SECONDS = 10;
const ROUNDS = 10;
const LIMIT_MS = 60_000;

/** One entry a request, to the program with its worker in the same process; and how soon its indicator shows it. */
export const oneEntry: BenchPart = {
  name: 'one-entry',
  rows: [
    { row: 'one quiet entry to indicator, ScreenAnswered, p95', unit: 's', target: [below(2)] },
    { row: 'one quiet entry to indicator, RetentionContacted, p95', unit: 's', target: [below(2)] },
    { row: 'one entry over HTTP, 16 connections', unit: 'entries/s', target: [atLeast(1_000)] },
    { row: 'one entry over HTTP, p95', unit: 'ms', target: [below(30)] },
    { row: 'entry to indicator at 200 entries/s, p95', unit: 's', target: [below(1)] },
  ],
  async measure(context) {
    const { program } = await context.program();
    const token = await program.token();
    const quiet = await quietly(program, token);
    const url = program.url('/api/entries');
    const entries = furtherEntries(WARMING_UP + ENTRIES);
    const options = { token, connections: CONNECTIONS, limitMs: LIMIT_MS };
    await sendEntries(url, requestsBefore(entries), options);
    await sendEntries(url, entries.splice(0, WARMING_UP), options);
    const begun = performance.now();
    const sent = await sendEntries(url, entries, options);
    const seconds = (performance.now() - begun) / 1_000;
    return [
      { value: p95(quiet.answered) / 1_000 },
      { value: p95(quiet.contacted) / 1_000 },
      { value: sent.length / seconds },
      { value: p95(sent.map(({ at, answeredAt }) => answeredAt - at)) },
      { value: p95(await freshness(program, token)) / 1_000 },
    ];
  },
};

/** Milliseconds from the sending of one entry, while nothing else is done, until its figure stands on it. */
async function quietly(program: RunningProgram, token: string) {
  const url = program.url('/api/entries');
  const times = { answered: [] as number[], contacted: [] as number[] };
  await withClient(program, async (client) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { answered, contacted } = quietEntries(round);
      for (const requested of requestsBefore([answered])) {
        const { position } = await sendEntry(url, token, requested);
        await shown(() => findIndicatorPosition(client, DEMONSTRATION_REGISTRY.registryId), position);
      }
      for (const [entry, find, into] of [
        [answered, findIndicatorPosition, times.answered],
        [contacted, findRevisitedPosition, times.contacted],
      ] as const) {
        const { at, position } = await sendEntry(url, token, entry);
        await shown(() => find(client, DEMONSTRATION_REGISTRY.registryId), position);
        into.push(performance.now() - at);
      }
    }
  });
  return times;
}

async function shown(find: () => Promise<number>, position: number): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  while ((await find()) < position) {
    if (performance.now() > deadline) throw new Error('the figure does not follow the entry');
    await pause(5);
  }
}

/** Milliseconds from the sending of each entry until the indicator's value stands on it. */
async function freshness(program: RunningProgram, token: string): Promise<number[]> {
  return withClient(program, async (client) => {
    const seen: { at: number; position: number }[] = [];
    let sent: readonly Sent[] | undefined;
    const sending = sendEntries(program.url('/api/entries'), furtherRequests(PER_SECOND * SECONDS), {
      token,
      connections: CONNECTIONS,
      perSecond: PER_SECOND,
      limitMs: LIMIT_MS,
    }).then((all) => (sent = all));
    const deadline = performance.now() + 2 * LIMIT_MS;
    while (!sent || last(seen) < Math.max(...sent.map(({ position }) => position))) {
      if (performance.now() > deadline) throw new Error('the indicator does not follow the entries');
      const position = await findIndicatorPosition(client, DEMONSTRATION_REGISTRY.registryId);
      if (position > last(seen)) seen.push({ at: performance.now(), position });
      await pause(5);
    }
    return (await sending).map(({ at, position }) => shownAt(seen, position) - at);
  });
}

async function withClient<Result>(
  { dataDir }: RunningProgram,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const server = await openEmbeddedServer({ dataDir });
  const client = new Client({ connectionString: server.applicationUrl('marrow_demonstration') });
  await client.connect();
  try {
    return await work(client);
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
