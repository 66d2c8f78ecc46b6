import { DomainError } from '../../../libs/core/domain-error';

const PER_MINUTE = 60_000;

/** For a route that proves who somebody is: an address with a whole office behind it stays below. */
export const SIGN_IN_LIMIT = { rateLimit: { max: 60, timeWindow: PER_MINUTE } } as const;

/** For what anybody may ask. */
export const OPEN_LIMIT = { rateLimit: { max: 600, timeWindow: PER_MINUTE } } as const;

/** For what reads much: an export, a file. */
export const EXPORT_LIMIT = { rateLimit: { max: 30, timeWindow: PER_MINUTE } } as const;

/** Counted per process: more processes let more through, and the lock-out in the database still holds. */
export const RATE_LIMITING = {
  global: false,
  errorResponseBuilder: (_request: unknown, { ttl }: { ttl: number }) => {
    const seconds = Math.ceil(ttl / 1000);
    return new DomainError(
      'too_many_requests',
      { zh: `请求太频繁，请 ${seconds} 秒后再试。`, en: `Too many requests; try again in ${seconds} seconds.` },
      { retryAfter: seconds },
    );
  },
};
