import { isUuid } from './uuid';

describe('uuids', () => {
  it.each(['0f8fad5b-d9cb-469f-a165-70867728950e', '0F8FAD5B-D9CB-469F-A165-70867728950E'])('knows %s', (text) =>
    expect(isUuid(text)).toBe(true),
  );

  it.each(['', '42', '0f8fad5bd9cb469fa16570867728950e', ' 0f8fad5b-d9cb-469f-a165-70867728950e', 'g'.repeat(36)])(
    'does not know “%s”',
    (text) => expect(isUuid(text)).toBe(false),
  );
});
