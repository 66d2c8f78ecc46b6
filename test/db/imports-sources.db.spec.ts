import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownerDataSource } from '../../libs/database/data-source';
import { mapImport } from '../../libs/intake/imports';
import { readImport, runImport } from '../../libs/intake/import-run';
import { KeepSheetsOfImports1763771100000 } from '../../migrations/1763771100000-keep-sheets-of-imports';
import { HEAD, IMPORTER, importFile, stageFile, standing } from '../support/importing';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
});

afterEach(() => database?.drop());

const K = 'RecruitmentRegistered';
const tally = (day: string, quantity: number, kind = K) => `${kind},A,${day},${quantity},,,,`;
const A = [tally('2024-05-10', 12), tally('2024-05-11', 20), tally('2024-05-11', 20)];
const MIXED = [...A, tally('2024-05-12', 3, 'MediaReported')];
const SAME = { state: 'staged', counts: { new: 0, unchanged: 3, changed: 0, gone: 0 } };

describe('a file of one kind', () => {
  it.each([
    ['without it', K, null],
    ['with it', null, K],
  ])('whose kind was said the one time, changes nothing when it comes again %s', async (_, first, second) => {
    const { source } = database;
    await importFile(source, A, { kind: first });
    expect(await stageFile(source, A, { kind: second })).toMatchObject({ ...SAME, kind: second });
    expect(await importFile(source, A.slice(1), { kind: second })).toMatchObject({ counts: { gone: 1, unchanged: 2 } });
    expect(await standing(source)).toHaveLength(2);
  });

  it('that is staged with its kind and without goes in once', async () => {
    const { source } = database;
    await stageFile(source, A);
    await importFile(source, A, { kind: K });
    await expect(importFile(source, A)).rejects.toMatchObject({ code: 'proposal_outdated' });
    expect(await stageFile(source, A)).toMatchObject(SAME);
  });

  it('of which another file of that name holds another kind takes nothing of that back', async () => {
    const { source } = database;
    await importFile(source, A, { kind: K });
    const media = [tally('2024-05-12', 3, 'MediaReported')];
    expect(await stageFile(source, media)).toMatchObject({ counts: { new: 1, gone: 0 } });
    await importFile(source, media);
    expect(await stageFile(source, media, { kind: 'MediaReported' })).toMatchObject({
      counts: { new: 0, unchanged: 1 },
    });
    expect(await stageFile(source, A)).toMatchObject(SAME);
  });

  it('that was of several before gives up the others', async () => {
    const { source } = database;
    await importFile(source, MIXED);
    expect(await stageFile(source, A)).toMatchObject({ counts: { unchanged: 3, gone: 1, new: 0 } });
  });

  it('that comes to hold another too is still compared with what it was', async () => {
    const { source } = database;
    await importFile(source, A);
    expect(await importFile(source, MIXED)).toMatchObject({ counts: { unchanged: 3, new: 1, gone: 0 } });
    expect(await stageFile(source, MIXED)).toMatchObject({ counts: { unchanged: 4, new: 0 } });
  });

  it('that went in before without its kind, into a source of no kind, is found there by who says it', async () => {
    const { source } = database;
    await importFile(source, MIXED);
    await importFile(source, A);
    expect(await stageFile(source, A, { kind: K })).toMatchObject(SAME);
  });

  it('that is begun again before it is over is the same import', async () => {
    const { source } = database;
    const { importId } = await stageFile(source, A);
    expect((await stageFile(source, A)).importId).toBe(importId);
  });
});

describe('a file of several kinds', () => {
  it('changes nothing when it comes again with one of them said for the whole of it', async () => {
    const { source } = database;
    await importFile(source, MIXED);
    expect(await stageFile(source, MIXED, { kind: K })).toMatchObject({ counts: { unchanged: 4, new: 0, gone: 0 } });
  });
});

describe('what a column is taken for', () => {
  it('is kept when it moves out from among the choices, and what stood in its place is gone', async () => {
    const { source } = database;
    const [good, broken] = [await stageFile(source, A), await stageFile(source, MIXED)];
    const owner = await ownerDataSource(database.ownerUrl).initialize();
    try {
      const before = `update import set mapping = jsonb_build_object('', coalesce($2::jsonb, sheets)) || $3 where import_id = $1`;
      await owner.query(before, [good.importId, null, '{"若干": null}']);
      await owner.query(before, [broken.importId, '"quantity"', '{}']);
      await owner.query(`update import_source set mapping = '{"": "quantity", "若干": null}'`);
      await owner.query('alter table import drop column sheets');
      await new KeepSheetsOfImports1763771100000().up(owner.createQueryRunner());
      expect(await owner.query('select distinct mapping from import_source')).toEqual([{ mapping: { 若干: null } }]);
    } finally {
      await owner.destroy();
    }
    const { sheets } = good;
    expect(await readImport(source, REGISTRY, good.importId)).toMatchObject({ mapping: { 若干: null }, sheets });
    expect(await readImport(source, REGISTRY, broken.importId)).toMatchObject({ mapping: null, sheets: null });
  });

  it('is no choice of somebody, whatever a choice is called', async () => {
    const { source } = database;
    const { importId } = await stageFile(source, A);
    await mapImport(source, IMPORTER, importId, { '': 'quantity' });
    expect(await readImport(source, REGISTRY, importId)).toMatchObject({ mapping: { '': 'quantity' }, sheets: null });
    expect((await runImport(source, REGISTRY, importId)).sheets).toEqual([
      expect.objectContaining({ columns: expect.arrayContaining([expect.objectContaining({ name: '数量' })]) }),
    ]);
  });

  it('is remembered for other files that come without their kind too', async () => {
    const { source } = database;
    const folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-remembered-'));
    try {
      const path = join(folder, 'file.csv');
      await writeFile(path, [HEAD.replace('数量', '若干'), ...A].join('\n'));
      const { importId, state } = await stageFile(source, [], { path });
      expect(state).toBe('mapping');
      await mapImport(source, IMPORTER, importId, { 若干: 'quantity' });
      await runImport(source, REGISTRY, importId);
      await importFile(source, [], { path });
      expect(await stageFile(source, [], { path, name: 'june' })).toMatchObject({ state: 'staged' });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
