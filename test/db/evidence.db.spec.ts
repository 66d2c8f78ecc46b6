import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Principal } from '../../libs/accounts/principal';
import { restoreBackup } from '../../libs/backup/restore-backup';
import { writeBackup } from '../../libs/backup/write-backup';
import { applicationDataSource } from '../../libs/database/data-source';
import type { ImportRecord } from '../../libs/intake/import-record';
import { runImport } from '../../libs/intake/import-run';
import { acceptImport, receiveFile } from '../../libs/intake/imports';
import { appendEntries } from '../../libs/ledger/append';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { addEvidence, readEvidence } from '../../libs/ledger/evidence';
import { reverseEntries } from '../../libs/ledger/reverse';
import { IMPORTER, standing } from '../support/importing';
import { principalOf } from '../support/principals';
import { makeAccount } from '../support/signed-in';
import { append, createSmallRegistry, entry, refusalOf, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const BYTES = Buffer.from('%PDF-1.7\n\\x00\t问卷\n');

let database: TestDatabase;
let clerk: Principal;
let code: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  clerk = await principalOf(database.source, await makeAccount(database.source, 'clerk'));
  ({ code } = await addEvidence(database.source, clerk, { org: 'A', name: '问卷.pdf', bytes: BYTES }));
});

afterAll(async () => {
  await database?.drop();
});

const share = (evidence: string | undefined, fields: Partial<EntryInput> = {}) =>
  entry({
    kind: 'DonorSatisfaction',
    quantity: '91',
    attributes: { source: '问卷', ...(evidence && { evidence }) },
    ...fields,
  });

/** Puts an entry in as they were taken before evidence was a file. */
async function appendEarlier({ id, kind, org, occurredOn, quantity, attributes }: EntryInput): Promise<void> {
  await database.source.transaction(async (manager) => {
    await manager.query(`select take_position($1, 'tester', 'api')`, [REGISTRY]);
    await manager.query(
      `insert into entry (registry_id, id, kind, org, occurred_on, quantity, attributes)
        values ($1, $2, $3, $4, $5, $6, $7)`,
      [REGISTRY, id, kind, org, occurredOn, quantity, attributes],
    );
  });
}

async function asOwner<Result>(work: (owner: Client) => Promise<Result>): Promise<Result> {
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  return work(owner).finally(() => owner.end());
}

describe('the files of evidence', () => {
  it('can be read and added to by the program, no more, and not changed by their owner either', async () => {
    for (const statement of ['update evidence_file set name = name', 'delete from evidence_file']) {
      await expect(database.source.query(statement)).rejects.toThrow('permission denied');
      await expect(asOwner((owner) => owner.query(statement))).rejects.toThrow('append-only');
    }
    await expect(database.source.query('truncate evidence_file')).rejects.toThrow('permission denied');
  });

  it('hold bytes that are what their hash and size say', async () => {
    const insert = (hash: string, size: number) =>
      database.source.query(
        `insert into evidence_file (registry_id, code, org, sha256, name, media_type, size, bytes, uploaded_by)
          values (1, 'X', 'A', ${hash}, 'a.txt', 'text/plain', ${size}, 'abc', 'tester')`,
      );
    await expect(insert(`sha256('abd')`, 3)).rejects.toThrow('evidence_file_sha256_check');
    await expect(insert(`sha256('abc')`, 4)).rejects.toThrow('evidence_file_size_check');
  });

  it('come back from a backup, byte by byte, and are cited on', async () => {
    const large = Buffer.concat([BYTES, randomBytes(3 * 1024 * 1024)]);
    const kept = await addEvidence(database.source, clerk, { org: 'B', name: '大.pdf', bytes: large });
    const folder = await mkdtemp(join(tmpdir(), 'marrow-evidence-'));
    const secret = Buffer.from('a passphrase of some length');
    const target = await createTestDatabase();
    try {
      const { path, tables } = await writeBackup(database.ownerUrl, folder, secret);
      expect(tables).toContainEqual(expect.objectContaining({ name: 'evidence_file', rows: 2 }));
      await restoreBackup(path, secret, target.ownerUrl, 'marrow_app');
      const restored = await applicationDataSource(target.url, 2).initialize();
      try {
        for (const [of, bytes] of [
          [code, BYTES],
          [kept.code, large],
        ] as const) {
          const before = await readEvidence(database.source.manager, clerk, of);
          const after = await readEvidence(restored.manager, clerk, of);
          expect(after.bytes.equals(bytes)).toBe(true);
          expect({ ...after, bytes: null }).toEqual({ ...before, bytes: null });
        }
        await append(restored, share(code));
        await expect(restored.query('delete from evidence_file')).rejects.toThrow('permission denied');
      } finally {
        await restored.destroy();
      }
    } finally {
      await target.drop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('an entry that cites evidence', () => {
  const refusal = { code: 'evidence_missing', field: 'attributes.evidence' };

  it('is taken where there is the file, and refused where there is none', async () => {
    await append(database.source, share(code, { occurredOn: '2024-01-05' }));
    expect(await refusalOf(database.source, share('E-NONE'))).toEqual(refusal);
    expect(await refusalOf(database.source, share('13800138000'))).toMatchObject({ code: 'attribute_not_readable' });
  });

  it('is refused to a writer who may not see the file', async () => {
    const within = (...orgs: string[]) => ({ ...WRITER, within: new Set(orgs) });
    const [other] = (await appendEntries(database.source, [share(code, { org: 'B' })], within('B'))).results;
    expect(other).toMatchObject({ status: 'refused', problem: { code: 'evidence_missing' } });
    const [own] = (await appendEntries(database.source, [share(code, { org: 'A1' })], within('A', 'A1'))).results;
    expect(own).toMatchObject({ status: 'created' });
  });

  it('costs one question for a call, and a call without evidence none', async () => {
    const asked = jest.spyOn(database.source.manager.constructor.prototype, 'query');
    try {
      const questions = () => asked.mock.calls.filter(([sql]) => String(sql).includes('evidence_file')).length;
      await append(database.source, share(undefined), entry());
      expect(questions()).toBe(0);
      await append(database.source, ...Array.from({ length: 20 }, () => share(code)));
      expect(questions()).toBe(1);
    } finally {
      asked.mockRestore();
    }
  });

  it('that replaces another has to cite a file as well', async () => {
    const first = share(code);
    await append(database.source, first);
    const reversal = { id: crypto.randomUUID(), reverses: first.id, justification: '录错' };
    const by = (replacement: EntryInput) => reverseEntries(database.source, [{ ...reversal, replacement }], WRITER);
    await expect(by(share('E-NONE'))).rejects.toMatchObject({ code: 'evidence_missing' });
    expect(await by(share(code, { quantity: '92' }))).toMatchObject([{ status: 'created' }]);
  });

  it('stands as it was logged before evidence was a file, and can be sent again', async () => {
    const earlier = share('KP-2023-07');
    await appendEarlier(earlier);
    const { results } = await appendEntries(database.source, [earlier, { ...share('KP-2023-07') }], WRITER);
    expect(results.map(({ status }) => status)).toEqual(['unchanged', 'refused']);
  });
});

describe('an imported row that cites evidence', () => {
  const stage = async (org: string, lines: readonly string[]): Promise<ImportRecord> => {
    const folder = await mkdtemp(join(tmpdir(), 'marrow-evidence-'));
    try {
      const path = join(folder, 'file.csv');
      await writeFile(path, ['种类,机构,日期,数量,数据来源,佐证编号', ...lines].join('\n'));
      const file = { path, fileName: `${org}.csv`, org, kind: null, mode: 'good_rows' } as const;
      const { importId } = await receiveFile(database.source, IMPORTER, file);
      return await runImport(database.source, REGISTRY, importId);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  const row = (evidence: string, org = 'A', quantity = 80) =>
    `TraineeSatisfaction,${org},2024-03-01,${quantity},问卷,${evidence}`;

  it('is invalid where there is no such file within the reach of the import, and the others go in', async () => {
    const own = await addEvidence(database.source, clerk, { org: 'B', name: '乙.txt', bytes: Buffer.from('乙') });
    const lines = [row(code), row(''), row('E-NONE'), row(own.code)];
    const staged = await stage('A', lines);
    expect(staged.counts).toMatchObject({ new: 2, invalid: 2 });
    const problems = await database.source.query(
      'select row, breach from import_row where import_id = $1 and breach is not null order by row',
      [staged.importId],
    );
    expect(problems).toMatchObject([
      { row: 4, breach: [{ code: 'evidence_missing', field: 'attributes.evidence' }] },
      { row: 5, breach: [{ code: 'evidence_missing', field: 'attributes.evidence' }] },
    ]);
  });

  it('is posted, and unchanged when the file comes again', async () => {
    const lines = [row(code, 'B'), row('', 'A1', 70)];
    const { importId } = await stage('P', lines);
    await acceptImport(database.source, IMPORTER, importId);
    expect(await runImport(database.source, REGISTRY, importId)).toMatchObject({ state: 'done', entriesPosted: 2 });
    expect(await standing(database.source)).toContain('TraineeSatisfaction B 2024-03-01 80');
    expect((await stage('P', lines)).counts).toMatchObject({ new: 0, unchanged: 2, invalid: 0 });
  });

  it('that went in before evidence was a file is unchanged in the same file', async () => {
    const file = { org: 'A1', name: '早.txt', bytes: Buffer.from('早') };
    const earlier = row((await addEvidence(database.source, clerk, file)).code, 'A1', 60);
    const { importId } = await stage('A1', [earlier]);
    await acceptImport(database.source, IMPORTER, importId);
    await runImport(database.source, REGISTRY, importId);
    await asOwner((owner) =>
      owner.query(`alter table evidence_file disable trigger user; delete from evidence_file where name = '早.txt';
        alter table evidence_file enable trigger user`),
    );
    expect((await stage('A1', [earlier])).counts).toMatchObject({ new: 0, unchanged: 1, invalid: 0 });
  });
});
