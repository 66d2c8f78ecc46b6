import type { FastifyReply, FastifyRequest } from 'fastify';

const SCHEMA = '</api/feed/schema.json>; rel="describedby"';

/**
 * Answers with JSON whose tag is the hash of its bytes, or with 304 to who has those bytes already.
 *
 * @param sha256 of the bytes, in hexadecimal
 * @returns what a handler returns with a passed-through reply
 */
export function taggedAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  bytes: Buffer,
  sha256: string,
): Buffer | undefined {
  const tag = `"${sha256}"`;
  // Instead of what the rest of the API says: to be kept by who asked, and asked for again each time.
  void reply.header('etag', tag).header('cache-control', 'private, no-cache').header('link', SCHEMA);
  if (!isKnown(request.headers['if-none-match'], tag)) {
    void reply.type('application/json; charset=utf-8');
    return bytes;
  }
  void reply.code(304);
  return undefined;
}

/** RFC 9110, 13.1.2: compared weakly. */
function isKnown(known: string | undefined, tag: string): boolean {
  if (known === undefined) return false;
  return known.trim() === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
}
