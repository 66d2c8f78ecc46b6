import type { DataSource } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { transactionSentAhead } from '../database/prepared.queries';
import {
  assertNotTooMany,
  ENTRIES_PER_WRITE,
  prepareCalls,
  readBounds,
  writeCalls,
  type AppendCall,
  type AppendOptions,
  type AppendResult,
  type PreparedCall,
  type RegistryBounds,
} from './append';

/** From so many entries on a call is checked while the write before it is under way. */
const LARGE = 500;

/** How many entries of a registry may wait in this process; who reads no refusal sends on without end. */
const WAITING_AT_MOST = 200_000;

const BOUNDS_KEPT_MS = 1_000;

interface WaitingCall extends AppendCall {
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes the calls of this process, those of one registry in the order in which they come. A call is written at once
 * when nothing else is; those that come while a write is under way are written together by the next one, in a single
 * transaction, each answered on its own.
 */
export class LedgerWriter {
  private readonly queues = new Map<number, WaitingCall[]>();
  private readonly bounds = new Map<number, { readonly bounds: RegistryBounds; readonly until: number }>();

  constructor(private readonly source: DataSource) {}

  /**
   * @throws {DomainError} when the registry does not exist, the call holds more than 10,000 entries, or too many wait
   */
  async append(inputs: readonly unknown[], options: AppendOptions): Promise<AppendResult> {
    assertNotTooMany(inputs);
    return new Promise((resolve, reject) => {
      const call = { inputs, options, resolve, reject };
      const queue = this.queues.get(options.registryId);
      if (queue) {
        const waiting = queue.reduce((entries, one) => entries + one.inputs.length, inputs.length);
        if (waiting > WAITING_AT_MOST) reject(tooBusy());
        else queue.push(call);
      } else {
        const calls = [call];
        this.queues.set(options.registryId, calls);
        void this.drain(options.registryId, calls);
      }
    });
  }

  private async drain(registryId: number, queue: WaitingCall[]): Promise<void> {
    let writing = Promise.resolve();
    for (;;) {
      const [next] = queue;
      // Small calls gather until the write before them is done.
      if (!next || next.inputs.length < LARGE) await writing;
      const calls = takeTogether(queue);
      if (calls.length === 0) break;
      const prepared = await this.prepare(registryId, calls);
      await writing;
      if (prepared) writing = this.write(registryId, calls, prepared);
    }
    this.queues.delete(registryId);
  }

  private async prepare(registryId: number, calls: readonly WaitingCall[]): Promise<PreparedCall[] | undefined> {
    const { manager } = this.source;
    try {
      const kept = this.bounds.get(registryId);
      if (kept && performance.now() < kept.until) {
        const prepared = await prepareCalls(manager, registryId, calls, kept.bounds);
        // What has closed meanwhile is found when it is written; an org may have come that is not known here.
        if (!prepared.some(({ stated }) => stated.some(({ problem }) => problem))) return prepared;
      }
      const bounds = await readBounds(manager, registryId);
      this.bounds.set(registryId, { bounds, until: performance.now() + BOUNDS_KEPT_MS });
      return await prepareCalls(manager, registryId, calls, bounds);
    } catch (error) {
      for (const { reject } of calls) reject(error);
      return undefined;
    }
  }

  private async write(
    registryId: number,
    calls: readonly WaitingCall[],
    prepared: readonly PreparedCall[],
  ): Promise<void> {
    try {
      const results = await transactionSentAhead(this.source, (manager, ahead) =>
        writeCalls(manager, registryId, prepared, ahead),
      );
      // The database writes those that wait while these are answered.
      setImmediate(() => results.forEach((result, place) => calls[place]?.resolve(result)));
    } catch (error) {
      if (calls.length === 1) calls[0]?.reject(error);
      // What one call brought about is not for the others to bear; and what was written after all is a repeat.
      else
        for (const [place, call] of calls.entries())
          await this.write(registryId, [call], prepared.slice(place, place + 1));
    }
  }
}

function tooBusy(): DomainError {
  return new DomainError(
    'too_busy',
    {
      zh: '等待写入的登记太多，请 5 秒后原样重发。',
      en: 'Too many entries wait to be written. Send these again in 5 seconds.',
    },
    { retryAfter: 5 },
  );
}

/**
 * The calls at the front of the queue that one write can hold: 10,000 entries, none of them twice, for the second is
 * answered by what became of the first; and by itself what is all or nothing, or keeps gaps.
 */
function takeTogether(queue: WaitingCall[]): WaitingCall[] {
  const [first] = queue;
  if (!first || isAlone(first) || first.inputs.length >= ENTRIES_PER_WRITE) return queue.splice(0, 1);
  const ids = new Set<string>();
  let entries = 0;
  const end = queue.findIndex((call) => {
    const { inputs } = call;
    entries += inputs.length;
    const sent = new Set(inputs.map(idOf));
    const fits = !isAlone(call) && entries <= ENTRIES_PER_WRITE && ![...sent].some((id) => id !== '' && ids.has(id));
    if (fits) for (const id of sent) ids.add(id);
    return !fits;
  });
  return queue.splice(0, end < 0 ? queue.length : end);
}

function isAlone({ options }: AppendCall): boolean {
  return options.atomic === true || options.keepGaps === true;
}

function idOf(input: unknown): string {
  const id = (input as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id.trim().toLowerCase() : '';
}
