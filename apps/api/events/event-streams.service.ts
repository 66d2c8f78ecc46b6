import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { Caller } from '../../../libs/accounts/authenticate';
import { DomainError } from '../../../libs/core/domain-error';
import { findPulse } from '../../../libs/indicators/pulse.queries';
import { findImportMovements } from '../../../libs/intake/import-movement.queries';
import { faultOf } from '../fault';
import { EventStream } from './event-stream';

/** How often it is looked whether something has moved, in milliseconds. */
const LOOK_EVERY = 400;
/** How many looks a stream is silent at most. */
const SILENT_LOOKS = 40;
/** A browser has six connections to a server, and needs some for what it asks. */
const AT_ONCE = 4;

/** The streams that are open. While there is one, its registry is looked at, once for all of them. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly logger = new Logger(EventStreams.name);
  private readonly registries = new Map<number, Set<EventStream>>();
  private over = false;

  constructor(private readonly source: DataSource) {}

  /**
   * @param callerNow who asks, asked anew
   * @throws {DomainError} `too_many_streams` when the account has as many open as a browser can hold
   */
  open({ principal }: Caller, callerNow: () => Promise<Caller>): EventStream {
    const { registryId, accountId } = principal;
    const streams = this.registries.get(registryId) ?? new Set();
    const own = [...streams].filter((one) => !one.ended && one.principal.accountId === accountId);
    if (this.over || own.length >= AT_ONCE) throw tooManyStreams();
    const stream = new EventStream(principal, callerNow);
    streams.add(stream);
    if (!this.registries.has(registryId)) {
      this.registries.set(registryId, streams);
      void this.watch(registryId, streams);
    }
    return stream;
  }

  /** Before the server stops to listen, which waits for answers under way. */
  onModuleDestroy(): void {
    this.over = true;
    for (const streams of this.registries.values()) for (const stream of streams) stream.end();
  }

  /** Until nobody listens. */
  private async watch(registryId: number, streams: Set<EventStream>): Promise<void> {
    const imports = new Map<string, string>();
    for (let look = 0; streams.size > 0 && !this.over; look += 1) {
      try {
        await this.look(registryId, streams, imports, look === 0);
      } catch (error) {
        // A page whose stream has ended asks by itself, and finds out what is wrong.
        if (!this.over) this.logger.warn(faultOf(error));
        for (const stream of streams) stream.end();
      }
      if (look % SILENT_LOOKS === SILENT_LOOKS - 1) for (const stream of streams) stream.breathe();
      await delay(LOOK_EVERY, undefined, { ref: false });
      for (const stream of streams) if (stream.ended) streams.delete(stream);
    }
    this.registries.delete(registryId);
  }

  private async look(
    registryId: number,
    streams: ReadonlySet<EventStream>,
    imports: Map<string, string>,
    first: boolean,
  ): Promise<void> {
    const { manager } = this.source;
    const [pulse, movements] = await Promise.all([
      findPulse(manager, registryId),
      findImportMovements(manager, registryId),
      ...[...streams].map((stream) => stream.recheck()),
    ]);
    const moved = movements.filter(({ importId, mark }) => imports.get(importId) !== mark);
    imports.clear();
    for (const { importId, mark } of movements) imports.set(importId, mark);
    for (const stream of streams) {
      if (pulse) stream.tellPulse(pulse);
      if (!first) for (const movement of moved) stream.tellImport(movement);
    }
  }
}

function tooManyStreams(): DomainError {
  return new DomainError(
    'too_many_streams',
    {
      zh: '同一账号打开的页面太多，这个页面改为定时刷新。',
      en: 'This account has too many pages open; this one asks from time to time instead.',
    },
    { retryAfter: 30 },
  );
}
