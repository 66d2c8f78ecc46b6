import { Client } from 'pg';
import { machineOwner } from '../../libs/accounts/machine-owner';
import type { Principal } from '../../libs/accounts/principal';
import { recompute } from '../../libs/indicators/recompute';
import { verify } from '../../libs/indicators/verify';
import { reopenMonths } from '../../libs/ledger/months';
import { addComment, settleComment } from '../../libs/self-assessment/comments';
import { readDifferences } from '../../libs/self-assessment/differences';
import { countLinesDue, listAssessments } from '../../libs/self-assessment/list-assessments';
import { openAssessment } from '../../libs/self-assessment/read-assessment';
import { freezeAssessment } from '../../libs/self-assessment/freeze';
import { FILE_KINDS } from '../../libs/self-assessment/record';
import { openRevision } from '../../libs/self-assessment/revise';
import { takeStep } from '../../libs/self-assessment/steps';
import { choosePack, writeTyped } from '../../libs/self-assessment/write-typed';
import { closeMonths, explainAll, freeze, go, HALF, SMALL_FILES, type, YEAR } from '../support/assessing';
import { principalOf } from '../support/principals';
import { makeAccount } from '../support/signed-in';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

let database: TestDatabase;
let officer: Principal;
let colleague: Principal;
let reviewer: Principal;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  const of = async (role: 'officer' | 'reviewer', name: string) =>
    principalOf(database.source, await makeAccount(database.source, role, { name }));
  [officer, colleague, reviewer] = [
    await of('officer', 'li.wei'),
    await of('officer', 'wang.fang'),
    await of('reviewer', 'zhang.min'),
  ];
  await append(database.source, ...opening(), entry({ quantity: '100' }));
  await recompute(database.source, REGISTRY);
});

afterAll(async () => {
  await database?.drop();
});

async function actual(code: string, address = YEAR): Promise<string | null | undefined> {
  const { filled } = await openAssessment(database.source, address);
  return filled.lines.find((line) => line.code === code)?.actual;
}

describe('a draft', () => {
  it('is there before anything was written', async () => {
    const { record, filled, address } = await openAssessment(database.source, YEAR);
    expect(record).toMatchObject({ revision: 0, latest: 0, state: 'draft', version: 0, typed: [], makers: [] });
    expect(address).toMatchObject({ org: 'P', project: '' });
    expect(filled).toMatchObject({ stage: 'year', org: 'P', period: '2024' });
    await expect(openAssessment(database.source, { ...YEAR, revision: 1 })).rejects.toMatchObject({
      code: 'assessment_unknown',
    });
  });

  it('follows the ledger', async () => {
    expect(await actual('recruited')).toBe('100');
    await append(database.source, entry({ quantity: '20' }), entry({ quantity: '3' }));
    await recompute(database.source, REGISTRY);
    expect(await actual('recruited')).toBe('123');
  });

  it('keeps what two people type at once at different places, and of one place tells the second of the first', async () => {
    const at = (place: string, content: object) => new Map([[place, content]]);
    await Promise.all([
      writeTyped(database.source, officer, HALF, at('recruited', { cause: '学校放假' }), 0),
      writeTyped(database.source, colleague, HALF, at('samples', { cause: '交通不便' }), 0),
    ]);
    const { record } = await openAssessment(database.source, HALF);
    expect(record.typed.map(({ place, writtenBy }) => `${place} ${writtenBy}`)).toEqual([
      'recruited li.wei',
      'samples wang.fang',
    ]);

    const both = await Promise.allSettled([
      writeTyped(database.source, officer, HALF, at('typed', { cause: '甲' }), record.version),
      writeTyped(database.source, colleague, HALF, at('typed', { cause: '乙' }), record.version),
    ]);
    const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    const { record: now } = await openAssessment(database.source, HALF);
    const stands = now.typed.find(({ place }) => place === 'typed');
    expect(refused).toMatchObject([{ code: 'assessment_written_meanwhile', details: { standing: [stands] } }]);
    expect(now.makers).toEqual(['li.wei', 'wang.fang']);
  });

  it('takes nothing that the form cannot show', async () => {
    await expect(type(database.source, officer, HALF, 'unheard', { cause: '无' })).rejects.toMatchObject({
      code: 'assessment_place_unknown',
    });
    await expect(type(database.source, officer, HALF, 'recruited', { target: '健全' })).rejects.toMatchObject({
      code: 'target_unit_differs',
    });
    await expect(
      type(database.source, officer, HALF, 'budget:own-13812345678', { name: '专项', executed: '1' }),
    ).rejects.toMatchObject({ code: 'personal_number' });
    const project = { ...YEAR, form: 'hunan-project', project: '联系人13812345678' };
    await expect(openAssessment(database.source, project)).rejects.toMatchObject({ code: 'personal_number' });
    await expect(type(database.source, officer, HALF, 'recruited', { evidence: ['none'] })).rejects.toMatchObject({
      code: 'evidence_missing',
    });
    expect((await openAssessment(database.source, HALF)).record.version).toBe(3);
  });

  it('is scored by the pack that is chosen', async () => {
    const { record } = await openAssessment(database.source, HALF);
    const chosen = await choosePack(database.source, officer, HALF, 'default', record.version);
    expect([chosen.record.pack.code, chosen.filled.pack.code]).toEqual(['default', 'default']);
    await expect(choosePack(database.source, officer, HALF, 'none', 9)).rejects.toMatchObject({
      code: 'rule_pack_unknown',
    });
  });

  it('takes remarks on a line until they are settled', async () => {
    const said = await addComment(database.source, reviewer, HALF, { line: 'recruited', text: '请核对' });
    expect(said).toMatchObject({ number: 1, line: 'recruited', author: 'zhang.min', resolvedBy: null });
    const list = () => listAssessments(database.source, { registryId: REGISTRY, year: '2024', orgs: ['P'] });
    const open = async () => (await list()).assessments.map(({ progress }) => progress.openComments);
    expect(await open()).toEqual([1]);
    expect(await settleComment(database.source, officer, HALF, 1)).toMatchObject({ resolvedBy: 'li.wei' });
    expect(await open()).toEqual([0]);
    await expect(settleComment(database.source, officer, HALF, 1)).rejects.toMatchObject({ code: 'comment_unknown' });
    await expect(
      addComment(database.source, reviewer, HALF, { line: 'budget:13812345678', text: '请核对' }),
    ).rejects.toMatchObject({ details: { field: 'line' } });
    await addComment(database.source, reviewer, HALF, { line: 'budget:total', text: '请核对' });
  });
});

describe('the way', () => {
  it('begins when every cause is written, of the lines without an actual too', async () => {
    await type(database.source, officer, YEAR, 'budget:total', { initial: '100', adjusted: '110', executed: '109.99' });
    const due = await countLinesDue(database.source, REGISTRY, '2024');
    const ofYear = due.assessments.find(({ period }) => period === '2024');
    const namesOf = (lacks: string) => ofYear?.due.flatMap(({ name, what }) => (what === lacks ? [name] : []));
    expect(namesOf('cause')).toEqual(['招募人数', '库容']);
    expect(namesOf('actual')).toEqual(expect.arrayContaining(['中转血样', '报名采样完成及时性', '捐献者满意度']));
    expect(
      due.assessments.some(({ period, due: of }) => period !== '2024' && of.some(({ what }) => what === 'actual')),
    ).toBe(false);
    const { assessments } = await listAssessments(database.source, { registryId: REGISTRY, year: '2024', orgs: null });
    const progress = assessments.find(({ period }) => period === '2024')?.progress;
    expect(progress).toMatchObject({ causesDue: 2, actualsDue: namesOf('actual')?.length });
    await expect(go(database.source, reviewer, YEAR, 'reviewed')).rejects.toMatchObject({
      code: 'assessment_incomplete',
      sentence: {
        zh: expect.stringMatching(
          /还有 \d+ 项没有完成值，也没有说明原因：.*“中转血样”.*；还有 2 项须写原因分析：“招募人数”/,
        ),
      },
    });
    await explainAll(database.source, officer, YEAR);
    const reviewed = await go(database.source, reviewer, YEAR, 'reviewed');
    expect(reviewed.record).toMatchObject({ state: 'reviewed', steps: [{ number: 1, actor: 'zhang.min' }] });
    await expect(type(database.source, officer, YEAR, 'recruited', { cause: '另一个' })).rejects.toMatchObject({
      code: 'assessment_not_in_state',
    });
  });

  it('goes back with a note, and says what has changed since', async () => {
    await expect(go(database.source, reviewer, YEAR, 'draft')).rejects.toMatchObject({ code: 'note_missing' });
    await go(database.source, reviewer, YEAR, 'draft', '原因太简单');
    await type(database.source, officer, YEAR, 'recruited', { cause: '两所高校推迟开学' });
    await append(database.source, entry({ quantity: '7' }));
    await recompute(database.source, REGISTRY);
    const { differences, since } = await readDifferences(database.source, YEAR, 'step');
    expect(since).toMatchObject({ number: 2, to: 'draft' });
    const told = differences.map(({ sentence }) => sentence.zh);
    expect(told).toContain('“招募人数”的完成值由 123人 变为 130人。');
    expect(told).toContain('“招募人数”的原因分析由 样本较少 变为 两所高校推迟开学。');
  });

  it('is judged by nobody who typed, not by a token and not at the machine', async () => {
    const promoted: Principal = { ...officer, role: 'reviewer', via: 'token' };
    const cli = await machineOwner(database.source.manager, REGISTRY);
    await type(database.source, cli, YEAR, 'typed', { cause: '样本较少，另查' });
    for (const maker of [promoted, cli, { ...promoted, name: 'renamed' }]) {
      await expect(go(database.source, maker, YEAR, 'reviewed')).rejects.toMatchObject({ code: 'maker_is_checker' });
    }
    await go(database.source, reviewer, YEAR, 'reviewed');
    await expect(go(database.source, promoted, YEAR, 'approved')).rejects.toMatchObject({ code: 'maker_is_checker' });
    await go(database.source, reviewer, YEAR, 'approved');
  });

  it('goes on only upon the figures that were looked at, whatever else is written', async () => {
    await go(database.source, reviewer, YEAR, 'draft', '再核对');
    const { record, fingerprint } = await openAssessment(database.source, YEAR);
    const seen = { version: record.version, fingerprint };
    await append(database.source, entry({ kind: 'SampleDispatched', quantity: '8' }));
    await recompute(database.source, REGISTRY);
    const step = { to: 'reviewed', note: null, seen } as const;
    await expect(takeStep(database.source, reviewer, YEAR, step)).rejects.toMatchObject({
      code: 'assessment_figures_moved',
    });
    // An entry that moves no figure of the form holds nobody up, though everything is computed anew.
    const now = await openAssessment(database.source, YEAR);
    expect(now).toMatchObject({ record: { version: record.version, state: 'draft' } });
    expect(now.fingerprint).not.toBe(fingerprint);
    await append(database.source, entry({ kind: 'TrainingHeld', quantity: '8' }));
    await recompute(database.source, REGISTRY);
    const later = await openAssessment(database.source, YEAR);
    expect(later.fingerprint).toBe(now.fingerprint);
    const reviewed = await takeStep(database.source, reviewer, YEAR, {
      ...step,
      seen: { version: record.version, fingerprint: now.fingerprint },
    });
    const approving = { to: 'approved', note: null, seen: { version: reviewed.record.version, fingerprint } } as const;
    await expect(takeStep(database.source, reviewer, YEAR, approving)).rejects.toMatchObject({
      code: 'assessment_figures_moved',
    });
    await go(database.source, reviewer, YEAR, 'approved');
  });

  it('ends when all months are closed', async () => {
    await expect(freeze(database.source, reviewer, YEAR)).rejects.toMatchObject({
      code: 'assessment_months_open',
      details: { month: '2023-01' },
    });
    await closeMonths(database.source, '2023-01', '2024-12');
    await expect(freeze(database.source, { ...officer, role: 'reviewer' }, YEAR)).rejects.toMatchObject({
      code: 'maker_is_checker',
    });
    const { record } = await openAssessment(database.source, YEAR);
    const unseen = { version: record.version, fingerprint: '0'.repeat(64) };
    await expect(freezeAssessment(database.source, reviewer, YEAR, unseen, SMALL_FILES)).rejects.toMatchObject({
      code: 'assessment_figures_moved',
    });
    const frozen = await freeze(database.source, reviewer, YEAR);
    expect(frozen.record.state).toBe('frozen');
    expect(frozen.record.files.map(({ kind }) => kind).sort()).toEqual([...FILE_KINDS].sort());
    expect(frozen.record.seals.map(({ period }) => period)).toHaveLength(13);
    expect(frozen.filled.lines[0]?.seal).toMatch(/^[0-9a-f]{64}$/);
    expect(frozen.differences).toEqual([]);
  });
});

describe('what is frozen', () => {
  it('is changed by nobody, with no right in the database either', async () => {
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const key = `form = 'hunan' and period = '2024'`;
    const columns = 'registry_id, org, form, period, project, revision';
    try {
      for (const statement of [
        `update assessment set version = version + 1 where ${key}`,
        `update assessment set state = 'draft', version = version + 1 where ${key}`,
        `delete from assessment where ${key}`,
        `update assessment_typed set content = '{}' where ${key}`,
        `delete from assessment_typed where ${key}`,
        `insert into assessment_typed select ${columns}, 999, place, content, written_by, account, written_at
          from assessment_typed where ${key} limit 1`,
        `update assessment_step set filled = '{}' where ${key}`,
        `insert into assessment_comment select ${columns}, 9, null, 'x', 'x', now(), null, null
          from assessment where ${key}`,
        `update assessment_file set bytes = 'x', sha256 = sha256('x') where ${key}`,
        `delete from assessment_file where ${key}`,
      ]) {
        await expect(owner.query(statement)).rejects.toMatchObject({
          code: expect.stringMatching(/^23514|^P0001|^42501|^23001/),
        });
      }
    } finally {
      await owner.end();
    }
    await expect(database.source.query(`delete from assessment_step`)).rejects.toThrow(/permission denied/);
    await expect(addComment(database.source, reviewer, YEAR, { line: null, text: '再看' })).rejects.toMatchObject({
      code: 'assessment_not_in_state',
    });
  });

  it('stays as it was when a month is opened again, and says what would differ', async () => {
    await database.source.transaction((manager) => reopenMonths(manager, REGISTRY, '2024-12', 'closer', '补登'));
    await append(database.source, entry({ quantity: '40', occurredOn: '2024-12-03' }));
    await append(database.source, entry({ quantity: '2', occurredOn: '2024-12-04' }));
    await recompute(database.source, REGISTRY);
    const { filled, differences } = await openAssessment(database.source, YEAR);
    expect(filled.lines.find(({ code }) => code === 'recruited')?.actual).toBe('130');
    expect(differences.map(({ sentence }) => sentence.zh)).toContain('“招募人数”的完成值由 130人 变为 172人。');
  });

  it('opens also where the form no longer takes what was typed, and says so', async () => {
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const write = async (change: string) => {
      await owner.query('alter table assessment_typed disable trigger user');
      await owner.query(`update assessment_typed set content = content ${change}
        where form = 'hunan' and period = '2024' and place = 'recruited'`);
      await owner.query('alter table assessment_typed enable trigger user');
    };
    try {
      await write(`|| '{"target": "≥9吨"}'`);
      const { filled, differences } = await openAssessment(database.source, YEAR);
      expect(filled.lines.find(({ code }) => code === 'recruited')?.actual).toBe('130');
      expect(differences.map(({ sentence }) => sentence.zh)).toEqual([expect.stringContaining('≥9吨')]);
    } finally {
      await write(`- 'target'`);
      await owner.end();
    }
  });

  it('is followed by a revision that begins with what was typed', async () => {
    const opened = await openRevision(database.source, officer, YEAR);
    expect(opened.record).toMatchObject({ revision: 2, latest: 2, state: 'draft', version: 1 });
    expect(opened.filled.lines.find(({ code }) => code === 'recruited')).toMatchObject({
      ...{ actual: '172', cause: '两所高校推迟开学' },
    });
    expect(opened.record.makers).toContain('li.wei');
    const { differences, since } = await readDifferences(database.source, YEAR, 'revision');
    expect(since).toMatchObject({ revision: 1, to: 'frozen' });
    expect(differences.map(({ place, what }) => `${place} ${what}`)).toContain('recruited actual');
    await expect(openRevision(database.source, officer, YEAR)).rejects.toMatchObject({
      code: 'assessment_not_in_state',
    });
    const first = await openAssessment(database.source, { ...YEAR, revision: 1 });
    expect(first.record).toMatchObject({ revision: 1, latest: 2, state: 'frozen' });
  });

  it('leaves the ledger sound, and its acts in the log', async () => {
    const { drift, audit, seals } = await verify(database.source, REGISTRY);
    expect([drift, audit.findings, seals.findings]).toEqual([0, [], []]);
    const acts = await database.source.query(
      `select act, count(*)::int as times from audit_act where act like 'assessment.%' group by act order by act`,
    );
    expect(acts.map(({ act }: { act: string }) => act)).toEqual([
      ...['assessment.approve', 'assessment.comment', 'assessment.freeze', 'assessment.resolve', 'assessment.return'],
      ...['assessment.review', 'assessment.revise', 'assessment.write'],
    ]);
  });
});
