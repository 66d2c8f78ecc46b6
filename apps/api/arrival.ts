import type { FastifyRequest } from 'fastify';
import { NDJSON } from './entries/entry-stream';

/** How long a request may take to arrive, and a stream may be silent. */
const ARRIVAL_LIMIT_MS = 60_000;

/** Lets go of a request that does not arrive. A stream or a file may take as long as it likes, if it goes on. */
export function limitArrival({ raw, headers }: FastifyRequest): void {
  const { socket } = raw;
  if ([NDJSON, 'multipart/form-data'].some((type) => headers['content-type']?.startsWith(type))) {
    const previous = socket.timeout ?? 0;
    socket.setTimeout(ARRIVAL_LIMIT_MS);
    raw.once('close', () => socket.setTimeout(previous));
    return;
  }
  const timer = setTimeout(() => {
    if (!raw.complete) socket.destroy();
  }, ARRIVAL_LIMIT_MS).unref();
  raw.once('close', () => clearTimeout(timer));
}
