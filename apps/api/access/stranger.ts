import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../libs/core/domain-error';

const THIS_MACHINE = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;
const READING = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Until there are accounts, whoever reaches the program may log: so pages of other sites, open in a browser on this
 * machine, must not. They come under another name that leads here, or say where they are from.
 */
export function strangerIn({ method, headers }: FastifyRequest): DomainError | undefined {
  const { host = '', origin } = headers;
  if (!THIS_MACHINE.test(host)) {
    return new DomainError('host_unknown', {
      zh: '请用 127.0.0.1 或 localhost 打开本程序：目前只在本机提供服务。',
      en: 'Open the program as 127.0.0.1 or localhost: for now it serves this machine only.',
    });
  }
  if (READING.includes(method) || origin === undefined || hostOf(origin) === host.toLowerCase()) return undefined;
  return new DomainError('origin_foreign', {
    zh: '其他网站的页面不能向台账登记。请在本程序的页面里操作。',
    en: 'A page of another site may not log entries. Use the page of this program.',
  });
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
