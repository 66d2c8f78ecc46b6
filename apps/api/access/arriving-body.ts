import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { DomainError } from '../../../libs/core/domain-error';
import { NDJSON } from '../entries/entry-stream';
import { bearerOf, signInNeeded } from './access.guard';
import { SESSION_COOKIE } from './session-cookie';

const KIB = 1024;
/** What one call holds where nothing else is said. */
export const BODY_LIMIT = 256 * KIB;
/** R24: what one call of many entries may hold. */
const LARGE_LIMIT = 16 * KIB * KIB;
/** Where anybody may send something. */
const OPEN_LIMIT = 16 * KIB;
/** Of more than this it matters who sends it. */
const OF_NOBODY = 64 * KIB;
/** How many calls larger than most may be in memory at once. */
const LARGE_AT_ONCE = 8;

const LARGE_ROUTES: readonly string[] = ['/api/entries', '/api/entries/reversals', '/api/check-ups'];
/** What comes as a form, and is kept whole. */
const KEPT_ROUTES: readonly string[] = [
  '/api/evidence',
  '/api/assessments/:form/:period/evidence',
  '/api/report-templates/:form',
];
const OPEN_ROUTES = /^\/api\/(session|setup)(\/|$)/;

/** What a route takes, before its first byte is read: the guard and the parser come later. To be set before any route. */
export function limitBodies(server: FastifyInstance): void {
  server.addHook('onRoute', (route: RouteOptions) => {
    if (OPEN_ROUTES.test(route.url)) route.bodyLimit = OPEN_LIMIT;
    else if (LARGE_ROUTES.includes(route.url)) route.bodyLimit = LARGE_LIMIT;
  });
}

/** Counts the large calls of a process. */
export class ArrivingBodies {
  private large = 0;

  /** @returns why the body is not to be read */
  refusalOf(request: FastifyRequest, reply: FastifyReply): DomainError | undefined {
    const { headers, routeOptions, raw } = request;
    const length = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity;
    const encoding = headers['content-encoding'] ?? 'identity';
    if (length > 0 && encoding !== 'identity') return encoded();
    const limit = Number(routeOptions.bodyLimit);
    if (length <= OF_NOBODY || limit <= OF_NOBODY) return undefined;
    if (!bearerOf(request) && !SESSION_COOKIE.read(request)) return signInNeeded();
    const file = KEPT_ROUTES.includes(routeOptions.url ?? '');
    // Streams and files to import are taken piece by piece.
    const kept = file || !['multipart/form-data', NDJSON].some((type) => headers['content-type']?.startsWith(type));
    if (!kept || length <= BODY_LIMIT || (limit <= BODY_LIMIT && !file)) return undefined;
    if (this.large >= LARGE_AT_ONCE) return tooManyAtOnce();
    this.large += 1;
    const { socket } = raw;
    const release = () => {
      this.large -= 1;
      reply.raw.off('close', release);
      socket.off('close', release);
    };
    // An answer that waits behind others on its connection does not hear of its end.
    reply.raw.once('close', release);
    socket.once('close', release);
    return undefined;
  }
}

function encoded(): DomainError {
  return new DomainError('body_encoded', {
    zh: '请求内容不能压缩。请不压缩重发（去掉 Content-Encoding）。',
    en: 'The body of a request is not taken compressed. Send it as it is, without Content-Encoding.',
  });
}

function tooManyAtOnce(): DomainError {
  return new DomainError(
    'too_busy',
    {
      zh: '同时送来的大批登记太多，请 5 秒后原样重发。',
      en: 'Too many large calls are under way. Send this one again in 5 seconds.',
    },
    { retryAfter: 5 },
  );
}
