import { isMailAddress } from './mail-address';

describe('a mail address', () => {
  it.each(['officer@example.org', 'a.b+c@x-y.example.cn', "o'neil_1@sub.example.org"])('is %s', (text) => {
    expect(isMailAddress(text)).toBe(true);
  });

  it.each([
    '',
    'officer',
    'officer@',
    '@example.org',
    'officer@localhost',
    'a@b@example.org',
    'a@example..org',
    '.a@example.org',
    'a@-x.org',
    'a b@example.org',
    'a@example.org,b@example.org',
    'a@example.org\r\nBcc: b@example.org',
    'Officer <a@example.org>',
    '捐献@example.org',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b'.repeat(64)}.org`,
  ])('is not %j', (text) => {
    expect(isMailAddress(text)).toBe(false);
  });
});
