import type { FastifyInstance } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { DomainError } from '../../../libs/core/domain-error';

/** Fastify's own, but for bytes that are not UTF-8: what cannot be read must not be kept for ever as something else. */
export function parseJsonAsUtf8(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (!isUtf8(body)) done(notUtf8(), undefined);
    else void parse(request, body.toString(), done);
  });
}

function notUtf8(): DomainError {
  return new DomainError('body_not_readable', {
    zh: '请求内容不是 UTF-8 编码，文字无法识别。请改用 UTF-8 重发。',
    en: 'The request is not in UTF-8, so that its text cannot be read. Send it in UTF-8.',
  });
}
