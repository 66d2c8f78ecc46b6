import { join, resolve } from 'node:path';
import { EnvironmentNotValid, hostWarning, readEnvironment } from './environment';
import { signOnSettings } from './sign-on-settings';

const ROOT = resolve(__dirname, '../..');

function wrongIn(source: NodeJS.ProcessEnv): unknown {
  try {
    readEnvironment(source);
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentNotValid)) throw error;
    return error.details.variables;
  }
}

describe('the environment', () => {
  it('is complete when nothing is set', () => {
    expect({ ...readEnvironment({}) }).toEqual({
      PORT: 3000,
      HOST: '127.0.0.1',
      DATA_DIR: join(ROOT, '.data'),
      IMPORT_FILE_DAYS: 30,
    });
  });

  it('takes a variable set to nothing as not set', () => {
    expect({ ...readEnvironment({ PORT: '', REDIS_URL: ' ', DATABASE_URL: '' }) }).toEqual({ ...readEnvironment({}) });
  });

  it('reads every variable', () => {
    const environment = readEnvironment({
      PORT: '8080',
      HOST: 'ledger.example',
      TRUSTED_PROXY: '10.0.0.5, 10.1.0.0/16',
      DATA_DIR: 'elsewhere',
      DATABASE_URL: 'postgresql://app:secret@db/ledger',
      DATABASE_OWNER_URL: 'postgres://owner:secret@db:5433/ledger',
      REDIS_URL: 'rediss://cache',
      IMPORT_FILE_DAYS: '7',
      OTHER: 'not ours',
    });
    expect({ ...environment }).toEqual({
      PORT: 8080,
      HOST: 'ledger.example',
      TRUSTED_PROXY: ['10.0.0.5', '10.1.0.0/16'],
      DATA_DIR: join(ROOT, 'elsewhere'),
      DATABASE_URL: 'postgresql://app:secret@db/ledger',
      DATABASE_OWNER_URL: 'postgres://owner:secret@db:5433/ledger',
      REDIS_URL: 'rediss://cache',
      IMPORT_FILE_DAYS: 7,
    });
  });

  it('lets the application login own the tables unless another login is named', () => {
    expect(readEnvironment({ DATABASE_URL: 'postgres://me@db/ledger' }).DATABASE_OWNER_URL).toBe(
      'postgres://me@db/ledger',
    );
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['PORT', '-1'],
    ['PORT', '3e3'],
    ['HOST', 'http://localhost'],
    ['HOST', 'two words'],
    ['TRUSTED_PROXY', 'proxy.example'],
    ['TRUSTED_PROXY', '10.0.0.5,'],
    ['TRUSTED_PROXY', '10.0.0.0/33'],
    ['DATA_DIR', 'package.json'],
    ['DATABASE_URL', 'mysql://db/ledger'],
    ['DATABASE_URL', 'postgres://db'],
    ['DATABASE_URL', 'db:5432'],
    ['DATABASE_OWNER_URL', 'postgres://owner@db/ledger'],
    ['PUBLIC_URL', 'https://ledger.example.org/office'],
    ['PUBLIC_URL', 'http://ledger.example.org'],
    ['OIDC_ISSUER', 'https://login.example.org'],
    ['OIDC_CLIENT_ID', 'ledger'],
    ['OIDC_CLIENT_SECRET', 'secret'],
    ['IMPORT_FILE_DAYS', '0'],
    ['IMPORT_FILE_DAYS', '3651'],
    ['IMPORT_FILE_DAYS', '1.5'],
    ['IMPORT_FILE_DAYS', '30d'],
    ['REDIS_URL', 'http://cache'],
    ['REDIS_URL', 'cache:6379'],
    ['MAIL_FROM', 'Office <office@example.org>'],
    ['MAIL_FROM', 'office@example.org,other@example.org'],
  ])('refuses %s=%s and names it', (name, value) => {
    expect(wrongIn({ [name]: value })).toEqual([name]);
    expect(() => readEnvironment({ [name]: value })).toThrow(name);
  });

  it('names every wrong variable at once, in both languages, and no password', () => {
    const source = { PORT: 'x', DATABASE_URL: 'mysql://app:secret@db/ledger', REDIS_URL: 'x' };
    expect(wrongIn(source)).toEqual(['PORT', 'DATABASE_URL', 'REDIS_URL']);
    expect(() => readEnvironment(source)).toThrow(/PORT 应为.*REDIS_URL 应形如.*PORT must be.*REDIS_URL must look/);
    expect(() => readEnvironment(source)).not.toThrow(/secret/);
  });

  it('refuses an owner of tables without the database they are in', () => {
    expect(wrongIn({ DATABASE_OWNER_URL: 'postgres://owner@db/ledger' })).toEqual(['DATABASE_OWNER_URL']);
  });

  it('refuses a mail server that is none, or that knows no sender', () => {
    const MAIL_FROM = 'office@example.org';
    expect(wrongIn({ SMTP_URL: 'smtps://user:secret@mail.example.org:465', MAIL_FROM })).toEqual([]);
    expect(wrongIn({ SMTP_URL: 'https://mail.example.org', MAIL_FROM })).toEqual(['SMTP_URL']);
    expect(wrongIn({ SMTP_URL: 'smtp://mail.example.org' })).toEqual(['SMTP_URL']);
  });

  it('takes a sign-on provider whole, over TLS unless it is on this machine', () => {
    const rest = { OIDC_CLIENT_ID: 'ledger', OIDC_CLIENT_SECRET: 'secret', PUBLIC_URL: 'https://ledger.example.org' };
    const issuer = 'https://login.example.org/realms/office';
    expect(signOnSettings(readEnvironment({ ...rest, OIDC_ISSUER: issuer }))).toEqual({
      ...{ issuer, clientId: 'ledger', clientSecret: 'secret', publicUrl: 'https://ledger.example.org' },
    });
    expect(wrongIn({ ...rest, OIDC_ISSUER: 'http://127.0.0.1:8080' })).toEqual([]);
    expect(wrongIn({ ...rest, OIDC_ISSUER: 'http://login.example.org' })).toEqual(['OIDC_ISSUER']);
    expect(wrongIn({ ...rest, OIDC_ISSUER: issuer, PUBLIC_URL: '' })).toEqual(['OIDC_ISSUER']);
    expect(signOnSettings(readEnvironment({}))).toBeUndefined();
  });

  it('warns that a demonstration does not follow HOST', () => {
    expect(hostWarning(readEnvironment({}))).toBeUndefined();
    expect(hostWarning(readEnvironment({ HOST: '0.0.0.0' }))?.en).toContain('HOST=0.0.0.0');
  });
});
