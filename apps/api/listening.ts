import { once } from 'node:events';
import { createServer } from 'node:net';
import { THIS_MACHINE } from '../../libs/config/environment';
import { DomainError } from '../../libs/core/domain-error';

/** @throws {DomainError} when it cannot be listened there, before any long work is begun for nothing */
export async function assertCanListen(port: number, host: string): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'EADDRINUSE' ? portTaken(port) : code === 'EACCES' ? portNotAllowed(port) : hostNotHere(host, code);
  } finally {
    probe.close();
  }
}

/** Whether a host is every address of this machine. */
export function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** Where a browser on this machine opens what listens there. */
export function addressOf(host: string, port: number | string): string {
  return `http://${isEverywhere(host) ? THIS_MACHINE : host.includes(':') ? `[${host}]` : host}:${port}`;
}

function portTaken(port: number): DomainError {
  return new DomainError('port_taken', {
    zh: `端口 ${port} 已被其他程序占用。请换一个，例如 PORT=${port + 1} npm start。`,
    en: `Port ${port} is taken by another program. Choose another, for example PORT=${port + 1} npm start.`,
  });
}

function portNotAllowed(port: number): DomainError {
  return new DomainError('port_not_allowed', {
    zh: `无权使用端口 ${port}。请换一个 1024 以上的，例如 PORT=3000 npm start。`,
    en: `Port ${port} may not be used by this user. Choose one above 1024, for example PORT=3000 npm start.`,
  });
}

function hostNotHere(host: string, code: string | undefined): DomainError {
  return new DomainError('host_not_here', {
    zh: `监听地址 HOST=${host} 不可用（${code}）。请设为本机的地址，例如 HOST=${THIS_MACHINE}；要在本机所有地址上监听，请设 HOST=0.0.0.0。`,
    en: `HOST=${host} cannot be listened on (${code}). Set it to an address of this machine, for example HOST=${THIS_MACHINE}, or to 0.0.0.0 for all of them.`,
  });
}
