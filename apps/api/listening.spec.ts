import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { addressOf, assertCanListen } from './listening';

async function whyNot(port: number, host: string): Promise<string> {
  return assertCanListen(port, host).then(
    () => 'it can',
    (error: Error) => error.message,
  );
}

describe('before it listens', () => {
  it.each(['192.0.2.1', 'nonsense.invalid', '2001:db8::1'])(
    'an address that is not here is called so: %s',
    async (host) => {
      const why = await whyNot(0, host);
      expect(why).toContain(`监听地址 HOST=${host} 不可用`);
      expect(why).toContain(`HOST=${host} cannot be listened on`);
      expect(why).not.toContain('占用');
    },
  );

  it('a port that is taken is called so', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(await whyNot(port, '127.0.0.1')).toContain(`端口 ${port} 已被其他程序占用`);
    other.close();
    await once(other, 'close');
    expect(await whyNot(port, '127.0.0.1')).toBe('it can');
  });
});

it.each([
  ['0.0.0.0', 'http://127.0.0.1:3000'],
  ['::', 'http://127.0.0.1:3000'],
  ['::1', 'http://[::1]:3000'],
  ['10.0.0.5', 'http://10.0.0.5:3000'],
])('a browser here opens what listens on %s at %s', (host, address) => {
  expect(addressOf(host, 3000)).toBe(address);
});
