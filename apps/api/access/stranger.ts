import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../../libs/core/domain-error';
import { bearerOf } from './access.guard';

const THIS_MACHINE = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;
const READING = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Pages of other sites, open in a browser that is signed in here, must not act here: they say where they are from.
 * Where passwords are published they must not come in under another name that leads here either.
 */
export function strangerIn(request: FastifyRequest, thisMachineOnly: boolean): DomainError | undefined {
  const { method, headers, host } = request;
  if (thisMachineOnly && !THIS_MACHINE.test(host)) {
    return new DomainError('host_unknown', {
      zh: '请用 127.0.0.1 或 localhost 打开：演示账号的密码是公开的，只在本机提供服务。',
      en: 'Open it as 127.0.0.1 or localhost: the demonstration has published passwords and serves this machine only.',
    });
  }
  const { origin } = headers;
  if (READING.includes(method) || origin === undefined || bearerOf(request) !== undefined) return undefined;
  if (hostOf(origin) === host.toLowerCase()) return undefined;
  return new DomainError('origin_foreign', {
    zh: '其他网站的页面不能在这里操作。请在本程序的页面里操作。',
    en: 'A page of another site may do nothing here. Use the page of this program.',
  });
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
