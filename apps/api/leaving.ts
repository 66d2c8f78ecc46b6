import type { FastifyReply } from 'fastify';

/** Whoever asked is gone; said of a whole answer too. */
export function leaving({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => gone.abort());
  return gone.signal;
}
