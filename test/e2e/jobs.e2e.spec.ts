import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { searchAudit } from '../../libs/accounts/search-audit';
import { verify } from '../../libs/indicators/verify';
import { HttpApplication } from '../support/http-application';
import { makeAccount, pageOf } from '../support/signed-in';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let source: DataSource;
let application: HttpApplication;
let administrator: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  source = database.source;
  await createSmallRegistry(source);
  application = await HttpApplication.start({ databaseUrl: database.url });
  administrator = await pageOf(source, await makeAccount(source, 'administrator'));
});

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

/** The job of an import that there is not: it is refused, and not tried again. */
async function failedImport(): Promise<{ id: string; importId: string; error: string }> {
  const importId = randomUUID();
  await application.queue.add('import', { registryId: REGISTRY, importId });
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { body } = await application.get('/api/jobs/failed', administrator);
    const found = body.jobs.find((one: { importId: string }) => one.importId === importId);
    if (found || Date.now() > deadline) return found;
  }
}

async function acts(act: string): Promise<(string | null)[]> {
  const { acts: found } = await searchAudit(source, { registryId: REGISTRY, org: 'P' }, { act });
  return found.map(({ thing }) => thing);
}

it('tells an administrator of the queue, the worker, the schedules, and of the last recounts', async () => {
  expect((await application.get('/api/jobs', administrator)).body.checks).toEqual({
    ...{ values: null, audit: null, drill: null },
  });
  await verify(source, REGISTRY);
  const { status, body } = await application.get('/api/jobs', administrator);
  expect(status).toBe(200);
  expect(body.queue).toMatchObject({ store: 'postgresql', workers: 1, failed: 0 });
  expect(body.queue.schedules.map(({ id }: { id: string }) => id)).toContain('drill');
  expect(body.checks).toMatchObject({ values: { drift: '0', seals: { drift: 0 } }, audit: { broken: 0 }, drill: null });
});

it('has a failed job tried again and removed by an administrator, and both stand in the audit log', async () => {
  const { id, error } = await failedImport();
  expect(error).toMatch(/[\u4e00-\u9fff]/);
  const tried = await application.post(`/api/jobs/${id}/retry`, {}, administrator);
  expect(tried).toMatchObject({ status: 202, body: { job: { id, job: 'import' } } });
  expect(await acts('job.retry')).toEqual([id]);

  const other = await failedImport();
  const gone = await application.ask(`/api/jobs/${other.id}`, { method: 'DELETE', headers: administrator });
  expect(gone.status).toBe(204);
  expect(await acts('job.remove')).toEqual([other.id]);
  const again = await application.ask(`/api/jobs/${other.id}`, { method: 'DELETE', headers: administrator });
  expect(again).toMatchObject({ status: 404, body: { code: 'job_unknown' } });
  // What was refused is recorded as refused, not as done.
  expect(await acts('job.remove')).toEqual([other.id]);
});

it('is shown to nobody who reaches a part of the registry', async () => {
  for (const role of ['auditor', 'administrator'] as const) {
    const headers = await pageOf(source, await makeAccount(source, role, { org: 'A' }));
    for (const path of ['/api/jobs', '/api/jobs/failed']) {
      expect((await application.get(path, headers)).body.code).toBe('org_out_of_reach');
    }
  }
  const { id } = await failedImport();
  const headers = await pageOf(source, await makeAccount(source, 'administrator', { org: 'A' }));
  expect((await application.post(`/api/jobs/${id}/retry`, {}, headers)).body.code).toBe('org_out_of_reach');
});
