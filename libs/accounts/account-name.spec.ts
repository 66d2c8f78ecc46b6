import { foldName, readAccountName, readSignOnName } from './account-name';
import { checkPassword, isPassword } from './password';

/** What takes minutes to compose. */
const LONG = '\u0300\u0316'.repeat(150_000);

describe('a text of 300 KB', () => {
  let composed: jest.SpyInstance;

  beforeEach(() => {
    composed = jest.spyOn(String.prototype, 'normalize');
  });

  afterEach(() => {
    expect(composed).not.toHaveBeenCalled();
    composed.mockRestore();
  });

  it.each([
    ['an account', () => readAccountName(LONG), 'name'],
    ['who signs in', () => foldName(LONG), 'name'],
    ['somebody at the sign-on provider', () => readSignOnName(LONG), 'signOnName'],
    ['nobody: a password', () => checkPassword(LONG, { name: 'zhang.wei', role: 'clerk' }), 'password'],
  ])('is refused by its length as the name of %s', (_of, read, field) => {
    expect(read).toThrow(expect.objectContaining({ details: { field } }));
  });

  it('is nobody’s password', async () => {
    expect(await isPassword(LONG, null)).toBe(false);
  });
});
