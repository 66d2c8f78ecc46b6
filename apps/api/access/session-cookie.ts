import type { FastifyReply, FastifyRequest } from 'fastify';

/** Bound to this host and to TLS by its very name, where there is TLS. */
const NAME_OVER_TLS = '__Host-marrow';
const NAME = 'marrow';

/** Whether the browser's way here is TLS, a configured proxy's word taken for it. */
function isOverTls(request: FastifyRequest): boolean {
  return request.protocol === 'https';
}

export function readSessionCookie(request: FastifyRequest): string | undefined {
  const name = isOverTls(request) ? NAME_OVER_TLS : NAME;
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key = '', value] = pair.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}

/** Kept by the browser until it is closed; the server ends it earlier. */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  void reply.header('set-cookie', cookieOf(request, token));
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('set-cookie', `${cookieOf(request, '')}; Max-Age=0`);
}

function cookieOf(request: FastifyRequest, value: string): string {
  const always = 'Path=/; HttpOnly; SameSite=Strict';
  return isOverTls(request) ? `${NAME_OVER_TLS}=${value}; ${always}; Secure` : `${NAME}=${value}; ${always}`;
}
