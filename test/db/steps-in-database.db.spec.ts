import type { EntityManager } from 'typeorm';
import { recompute } from '../../libs/indicators/recompute';
import { closeHalfYear } from '../support/frozen-assessments';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

const KEY = `registry_id, org, form, period, project, revision`;
const AT = `${REGISTRY}, 'P', 'hunan', '2023-H1', '', 1`;
const FILES = ['data.json', 'evidence.zip', 'form.xlsx', 'report.docx'];

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  await append(source, ...opening(), entry({ quantity: '100', occurredOn: '2023-05-10' }));
  await recompute(source, REGISTRY);
  await closeHalfYear(source, '2023');
});

afterAll(async () => {
  await database?.drop();
});

/** Writes with the rights of the program, past its checks; nothing of it stays. */
async function past(write: (sql: EntityManager['query']) => Promise<unknown>): Promise<string> {
  const runner = database.source.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query(
      `insert into assessment (${KEY}, form_version, pack, pack_version, state, version, created_by, created_at)
        values (${AT}, 2, 'hunan', 1, 'draft', 1, 'officer', now())`,
    );
    await runner.query(
      `insert into assessment_typed (${KEY}, version, place, content, written_by, written_at)
        values (${AT}, 1, 'recruited', '{}', 'officer', now())`,
    );
    await write((statement, parameters) => runner.query(statement, parameters as unknown[]));
    return 'done';
  } catch (error) {
    return (error as { constraint?: string }).constraint ?? String(error);
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

type Query = EntityManager['query'];

const goTo = (query: Query, state: string) =>
  query(`update assessment set state = $1, version = version + 1 where (${KEY}) = (${AT})`, [state]);

async function step(query: Query, from: string, to: string, actor = 'reviewer', filled = '{"lines": [{}]}') {
  await query(
    `insert into assessment_step (${KEY}, number, from_state, to_state, note, actor, at, filled, rules, definitions, seals)
      select ${AT}, count(*) + 1, $1, $2, 'x', $3, now(), $4, '{"code": "hunan"}', '', '[]' from assessment_step`,
    [from, to, actor, filled],
  );
  await goTo(query, to);
}

async function approve(query: Query): Promise<void> {
  await step(query, 'draft', 'reviewed');
  await step(query, 'reviewed', 'approved');
}

async function handIn(query: Query, kinds: readonly string[]): Promise<void> {
  for (const kind of kinds) {
    await query(
      `insert into assessment_file (${KEY}, kind, name, bytes, sha256) values (${AT}, $1, $1, 'x', sha256('x'))`,
      [kind],
    );
  }
}

describe('in the database', () => {
  it('an assessment takes no step without the row that says who took it', async () => {
    expect(await past((query) => goTo(query, 'reviewed'))).toBe('assessment_step_taken');
    const approvedOnly = async (query: Query) => {
      await step(query, 'draft', 'reviewed');
      await goTo(query, 'approved');
    };
    expect(await past(approvedOnly)).toBe('assessment_step_taken');
    const returnedInSilence = async (query: Query) => {
      await approve(query);
      await goTo(query, 'draft');
    };
    expect(await past(returnedInSilence)).toBe('assessment_step_taken');
    const twiceOnOneStep = async (query: Query) => {
      await step(query, 'draft', 'reviewed');
      await step(query, 'reviewed', 'draft');
      await goTo(query, 'reviewed');
    };
    expect(await past(twiceOnOneStep)).toBe('assessment_step_taken');
  });

  it('whoever typed neither reviews, approves nor freezes, and may return it', async () => {
    expect(await past((query) => step(query, 'draft', 'reviewed', 'officer'))).toBe('assessment_maker');
    const approving = async (query: Query) => {
      await step(query, 'draft', 'reviewed');
      await step(query, 'reviewed', 'approved', 'officer');
    };
    expect(await past(approving)).toBe('assessment_maker');
    const freezing = async (query: Query) => {
      await approve(query);
      await handIn(query, FILES);
      await step(query, 'approved', 'frozen', 'officer');
    };
    expect(await past(freezing)).toBe('assessment_maker');
    const returning = async (query: Query) => {
      await step(query, 'draft', 'reviewed');
      await step(query, 'reviewed', 'draft', 'officer');
    };
    expect(await past(returning)).toBe('done');
  });

  it('nothing is frozen without what stood then and without all its files', async () => {
    const frozen = (kinds: readonly string[], filled?: string) => async (query: Query) => {
      await approve(query);
      await handIn(query, kinds);
      await step(query, 'approved', 'frozen', 'reviewer', filled);
    };
    expect(await past(frozen([]))).toBe('assessment_content');
    expect(await past(frozen(['data.json']))).toBe('assessment_content');
    expect(await past(frozen(FILES, '{}'))).toBe('assessment_content');
    expect(await past(frozen(FILES, '{"lines": []}'))).toBe('assessment_content');
    expect(await past(frozen(FILES))).toBe('done');
  });
});
