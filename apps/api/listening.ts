import { once } from 'node:events';
import { createServer } from 'node:net';
import { DomainError } from '../../libs/core/domain-error';

/** @throws {DomainError} when another program listens on the port, before any long work is begun for nothing */
export async function assertPortIsFree(port: number, host: string): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
  } catch {
    throw new DomainError('port_taken', {
      zh: `端口 ${port} 已被其他程序占用。请换一个，例如 PORT=${port + 1} npm start。`,
      en: `Port ${port} is taken by another program. Choose another, for example PORT=${port + 1} npm start.`,
    });
  } finally {
    probe.close();
  }
}
