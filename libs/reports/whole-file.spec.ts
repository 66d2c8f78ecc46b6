import { Readable } from 'node:stream';
import { wholeFile } from './whole-file';

describe('a file that is kept with what is frozen', () => {
  const body = () => Readable.from([Buffer.from('登记'), Buffer.from('名单')]);

  it('is the whole of it', async () => {
    expect((await wholeFile(body(), 12)).toString()).toBe('登记名单');
  });

  it('is refused in words, and read no further, where the database would not keep it', async () => {
    const large = body();
    await expect(wholeFile(large, 11)).rejects.toMatchObject({ code: 'evidence_too_large' });
    expect(large.destroyed).toBe(true);
  });
});
