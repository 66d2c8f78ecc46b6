import { randomUUID } from 'node:crypto';
import { HttpApplication } from '../support/http-application';
import { bearer } from '../support/signed-in';
import { createSmallRegistry } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const AT_MOST = 30;

let database: TestDatabase;
let application: HttpApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
});

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

it.each([
  `/api/imports/${randomUUID()}/errors.xlsx`,
  `/api/imports/${randomUUID()}/effect`,
  '/api/imports/templates/Unheard.xlsx',
  '/api/assessments/unheard/2024/files/form.xlsx',
  '/api/audit.csv?from=unheard',
  '/api/values/entries/export?period=2024&key=unheard&format=csv',
])('what reads much is asked for 30 times a minute at most: %s', async (path) => {
  const shown = await bearer(database.source, 'auditor');
  for (let time = 0; time < AT_MOST; time += 1) expect((await application.get(path, shown)).status).not.toBe(429);

  expect(await application.get(path, shown)).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
});
