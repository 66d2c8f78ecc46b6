import type { FastifyReply, FastifyRequest } from 'fastify';

/** A cookie that no script reads; where the browser's way here is TLS, bound to this host and to TLS by its name. */
export class Cookie {
  /** @param sameSite `Lax` comes along also when another site's page leads here, `Strict` does not */
  constructor(
    private readonly name: string,
    private readonly sameSite: 'Strict' | 'Lax',
  ) {}

  read(request: FastifyRequest): string | undefined {
    const name = this.nameFor(request);
    for (const pair of (request.headers.cookie ?? '').split(';')) {
      const [key = '', value] = pair.trim().split('=', 2);
      if (key === name) return value;
    }
    return undefined;
  }

  /** Kept by the browser until it is closed. */
  set(request: FastifyRequest, reply: FastifyReply, value: string): void {
    void reply.header('set-cookie', this.textOf(request, value));
  }

  clear(request: FastifyRequest, reply: FastifyReply): void {
    void reply.header('set-cookie', `${this.textOf(request, '')}; Max-Age=0`);
  }

  private textOf(request: FastifyRequest, value: string): string {
    const always = `Path=/; HttpOnly; SameSite=${this.sameSite}`;
    return `${this.nameFor(request)}=${value}; ${always}${isOverTls(request) ? '; Secure' : ''}`;
  }

  private nameFor(request: FastifyRequest): string {
    return isOverTls(request) ? `__Host-${this.name}` : this.name;
  }
}

/** A configured proxy's word taken for it. */
function isOverTls(request: FastifyRequest): boolean {
  return request.protocol === 'https';
}
