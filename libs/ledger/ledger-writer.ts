import type { DataSource } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { Gathered } from '../core/gathered';
import {
  assertNotTooMany,
  ENTRIES_PER_WRITE,
  prepareCalls,
  writeCalls,
  type AppendCall,
  type AppendOptions,
  type AppendResult,
  type PreparedCall,
} from './append';

/**
 * How many entries of a registry may be in this process unanswered, the write under way among them; who reads no refusal
 * sends on without end.
 */
const UNANSWERED_AT_MOST = 210_000;

interface WaitingCall {
  readonly call: PreparedCall;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

interface Line {
  /** Entries that are not answered yet. */
  entries: number;
  readonly preparing: Gathered<AppendCall, PreparedCall>;
  readonly queue: WaitingCall[];
  writing: boolean;
}

/**
 * Writes the calls of this process, those of one registry in the order in which they come. A call is written at once
 * when nothing else is; those that come while a write is under way are read and checked meanwhile, and written together
 * by the next one, in a single transaction, each answered on its own.
 */
export class LedgerWriter {
  private readonly lines = new Map<number, Line>();

  constructor(private readonly source: DataSource) {}

  /**
   * @throws {DomainError} when the registry does not exist, the call holds more than 10,000 entries, or too many wait
   */
  async append(inputs: readonly unknown[], options: AppendOptions): Promise<AppendResult> {
    assertNotTooMany(inputs);
    const { registryId } = options;
    const line = this.lineOf(registryId);
    if (line.entries > 0 && line.entries + inputs.length > UNANSWERED_AT_MOST) throw tooBusy();
    line.entries += inputs.length;
    try {
      const call = await line.preparing.answerTo({ inputs, options });
      return await new Promise((resolve, reject) => {
        line.queue.push({ call, resolve, reject });
        if (!line.writing) void this.drain(registryId, line);
      });
    } finally {
      line.entries -= inputs.length;
    }
  }

  private lineOf(registryId: number): Line {
    const known = this.lines.get(registryId);
    if (known) return known;
    const preparing = new Gathered(
      (calls: readonly AppendCall[]) => prepareCalls(this.source.manager, registryId, calls),
      fittingOneWrite,
    );
    const line = { entries: 0, preparing, queue: [], writing: false };
    this.lines.set(registryId, line);
    return line;
  }

  private async drain(registryId: number, line: Line): Promise<void> {
    line.writing = true;
    // Those that were checked together are written together.
    await Promise.resolve();
    for (let calls = takeTogether(line.queue); calls.length > 0; calls = takeTogether(line.queue)) {
      await this.write(registryId, calls);
    }
    line.writing = false;
  }

  private async write(registryId: number, calls: readonly WaitingCall[]): Promise<void> {
    const prepared = calls.map(({ call }) => call);
    try {
      const results = await this.source.transaction((manager) => writeCalls(manager, registryId, prepared));
      results.forEach((result, place) => calls[place]?.resolve(result));
    } catch (error) {
      if (calls.length === 1) calls[0]?.reject(error);
      // What one call brought about is not for the others to bear; and what was written after all is a repeat.
      else for (const call of calls) await this.write(registryId, [call]);
    }
  }
}

/** As many of the first calls as have no more entries than one write may hold; others are let in between the rounds. */
function fittingOneWrite(calls: readonly AppendCall[]): number {
  let entries = 0;
  const end = calls.findIndex(({ inputs }, place) => {
    entries += inputs.length;
    return place > 0 && entries > ENTRIES_PER_WRITE;
  });
  return end < 0 ? calls.length : end;
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
  if (!first || isAlone(first.call) || first.call.inputs.length >= ENTRIES_PER_WRITE) return queue.splice(0, 1);
  const ids = new Set<string>();
  let entries = 0;
  const end = queue.findIndex(({ call }) => {
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
