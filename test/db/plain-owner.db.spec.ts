import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { applicationDataSource, ownerDataSource } from '../../libs/database/data-source';
import { migrate } from '../../libs/database/migrate';
import { append, createSmallRegistry, entry } from '../support/small-registry';

describe('a database whose owner is no superuser, as a hosting service gives it', () => {
  const name = `plain_${randomBytes(6).toString('hex')}`;
  const superuser = new Client({ connectionString: process.env.TEST_OWNER_URL });
  const urlFor = (user: string) => {
    const url = new URL(process.env.TEST_OWNER_URL ?? '');
    Object.assign(url, { username: user, password: name, pathname: `/${name}` });
    return url.href;
  };

  beforeAll(async () => {
    await superuser.connect();
    await superuser.query(`create role ${name}_owner login password '${name}' nosuperuser nocreatedb nocreaterole`);
    await superuser.query(`create role ${name}_login login password '${name}' nosuperuser`);
    await superuser.query(`grant marrow_app to ${name}_login`);
    await superuser.query(`create database ${name} owner ${name}_owner`);
  });

  afterAll(async () => {
    await superuser.query(`drop database if exists ${name} with (force)`);
    for (const role of ['owner', 'login']) await superuser.query(`drop role if exists ${name}_${role}`);
    await superuser.end();
  });

  it('is migrated, and takes entries from the application', async () => {
    await migrate(urlFor(`${name}_owner`), `${name}_login`);
    const owner = ownerDataSource(urlFor(`${name}_owner`));
    await owner.initialize();
    await createSmallRegistry(owner);
    await owner.destroy();
    const application = applicationDataSource(urlFor(`${name}_login`));
    await application.initialize();
    expect(await append(application, entry({ occurredOn: '2024-05-10' }))).toMatchObject({ created: 1 });
    await application.destroy();
  });
});
