import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Principal } from '../../libs/accounts/principal';
import { restoreBackup } from '../../libs/backup/restore-backup';
import { writeBackup } from '../../libs/backup/write-backup';
import { applicationDataSource } from '../../libs/database/data-source';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { reopenMonths } from '../../libs/ledger/months';
import { readReopenPreview } from '../../libs/reports/reopen-preview';
import { openAssessment } from '../../libs/self-assessment/read-assessment';
import { openRevision } from '../../libs/self-assessment/revise';
import { closeMonths, explainAll, freeze, go, HALF, SMALL_FILES, type } from '../support/assessing';
import { principalOf } from '../support/principals';
import { makeAccount } from '../support/signed-in';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { untilSomeoneWaits } from '../support/waits-for-lock';

jest.setTimeout(120_000);

let database: TestDatabase;
let officer: Principal;
let reviewer: Principal;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  officer = await principalOf(database.source, await makeAccount(database.source, 'officer', { name: 'li.wei' }));
  reviewer = await principalOf(database.source, await makeAccount(database.source, 'reviewer', { name: 'zhang.min' }));
  const days = ['2023', '2024'].flatMap((year) =>
    ['01', '02', '03', '04', '05', '06'].map((month) => `${year}-${month}-10`),
  );
  const monthly = days.map((occurredOn, at) => entry({ quantity: String(1100 + at * 10), occurredOn }));
  await append(database.source, ...opening(), ...monthly);
  await closeMonths(database.source, '2023-01', '2024-06');
});

afterAll(async () => {
  await database?.drop();
});

const reopen = () =>
  database.source.transaction((manager) => reopenMonths(manager, REGISTRY, '2024-06', 'closer', '补登'));
const close = () => closeAndRecompute(database.source, REGISTRY, '2024-06', 'closer');

async function approve(): Promise<void> {
  await type(database.source, officer, HALF, 'budget:total', { initial: '100', executed: `${Math.random()}` });
  await explainAll(database.source, officer, HALF);
  await go(database.source, reviewer, HALF, 'reviewed');
  await go(database.source, reviewer, HALF, 'approved');
}

describe('freezing', () => {
  it('tells, for each line, what will come of it by the end of the year', async () => {
    const { filled } = await openAssessment(database.source, HALF);
    const recruited = filled.lines.find(({ code }) => code === 'recruited');
    expect(recruited).toMatchObject({ actual: '7110', target: '≥6000人', fullTarget: '≥12000人' });
    expect(recruited?.forecast).toMatchObject({
      value: expect.any(String),
      likelihood: { percent: expect.any(String) },
    });
  });

  it('does not happen when a month is opened again while the files are made', async () => {
    await approve();
    const opening: typeof SMALL_FILES = async (opened, at) => {
      await reopen();
      return SMALL_FILES(opened, at);
    };
    await expect(freeze(database.source, reviewer, HALF, opening)).rejects.toMatchObject({
      ...{ code: 'assessment_months_open', details: { month: '2024-06' } },
    });
    expect((await openAssessment(database.source, HALF)).record.state).toBe('approved');
    await close();
  });

  it('does not happen when figures moved since it was approved', async () => {
    await reopen();
    await append(database.source, entry({ quantity: '5', occurredOn: '2024-06-09' }));
    await recompute(database.source, REGISTRY);
    await close();
    await expect(freeze(database.source, reviewer, HALF)).rejects.toMatchObject({
      code: 'assessment_moved',
      sentence: { zh: expect.stringContaining('“招募人数”') },
    });
    await go(database.source, reviewer, HALF, 'draft', '数字变了');
  });

  it('makes its files anew when what they were made of has changed meanwhile', async () => {
    await approve();
    let times = 0;
    const closing: typeof SMALL_FILES = async (opened, at) => {
      times += 1;
      // The same figures, under another seal.
      if (times === 1) await reopen().then(close);
      return SMALL_FILES(opened, at);
    };
    const { record } = await freeze(database.source, reviewer, HALF, closing);
    expect([record.state, times]).toEqual(['frozen', 2]);
    expect(record.seals.find(({ period }) => period === '2024-06')?.number).toBeGreaterThan(1);
  });

  it('waits for a reopening that is under way, and then does not happen', async () => {
    await openRevision(database.source, officer, HALF);
    await approve();
    const reopener = database.source.createQueryRunner();
    await reopener.startTransaction();
    await reopenMonths(reopener.manager, REGISTRY, '2024-06', 'closer', '补登');
    const freezing = freeze(database.source, reviewer, HALF).then(
      () => 'frozen',
      ({ code }) => code,
    );
    await untilSomeoneWaits(database.source);
    await reopener.commitTransaction();
    await reopener.release();
    expect(await freezing).toBe('assessment_months_open');
    await close();
    await freeze(database.source, reviewer, HALF);
  });

  it('and reopening come one after the other, however often both begin at once', async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      await openRevision(database.source, officer, HALF);
      await approve();
      const [frozen, opened] = await Promise.allSettled([freeze(database.source, reviewer, HALF), reopen()]);
      expect(opened.status).toBe('fulfilled');
      const [order] = await database.source.query(
        `select max(seq) filter (where act = 'assessment.freeze') as frozen,
          max(seq) filter (where act = 'months.reopen') as opened from audit_act`,
      );
      if (frozen.status === 'fulfilled') expect(Number(order.frozen)).toBeLessThan(Number(order.opened));
      else expect(frozen.reason).toMatchObject({ code: 'assessment_months_open' });
      await close();
      if (frozen.status === 'rejected') await freeze(database.source, reviewer, HALF);
    }
  });

  it('leaves an assessment that a reopened month no longer moves', async () => {
    await type(database.source, officer, { ...HALF, period: '2024' }, 'recruited', { cause: '未到年底' });
    const { assessments } = await readReopenPreview(database.source.manager, REGISTRY, '2024-06');
    expect(assessments.map(({ period, state, moves }) => [period, state, moves])).toEqual([
      ['2024', 'draft', true],
      ['2024-H1', 'frozen', false],
    ]);
    const earlier = await readReopenPreview(database.source.manager, REGISTRY, '2024-01');
    expect(earlier.assessments).toHaveLength(2);
    // The stock of the year after moves with it, though none of its months is closed.
    await type(database.source, officer, { ...HALF, period: '2025-H1' }, 'recruited', { cause: '未到半年' });
    const withNext = await readReopenPreview(database.source.manager, REGISTRY, '2024-06');
    expect(withNext.assessments.map(({ period }) => period)).toEqual(['2024', '2024-H1', '2025-H1']);
  });
});

describe('a backup', () => {
  it('carries assessments, and what was frozen stands in what is restored', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'marrow-frozen-'));
    const name = `test_${randomBytes(6).toString('hex')}`;
    const server = new Client({ connectionString: process.env.TEST_OWNER_URL });
    await server.connect();
    const urlOf = (variable: string) =>
      Object.assign(new URL(process.env[variable] ?? ''), { pathname: `/${name}` }).href;
    try {
      const secret = Buffer.from('a passphrase of some length');
      const { path } = await writeBackup(database.ownerUrl, folder, secret);
      await server.query(`create database ${name} template template0`);
      await restoreBackup(path, secret, urlOf('TEST_OWNER_URL'), 'marrow_app');
      const restored = await applicationDataSource(urlOf('TEST_APPLICATION_URL'), 2).initialize();
      try {
        expect(await openAssessment(restored, HALF)).toEqual(await openAssessment(database.source, HALF));
        await expect(type(restored, officer, HALF, 'recruited', { cause: '改' })).rejects.toMatchObject({
          code: 'assessment_not_in_state',
        });
        await expect(restored.query('update assessment set version = version + 1')).rejects.toThrow(/frozen/);
      } finally {
        await restored.destroy();
      }
    } finally {
      await server.query(`drop database if exists ${name} with (force)`);
      await server.end();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
