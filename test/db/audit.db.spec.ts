import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { recordAct, recordActs, type Act } from '../../libs/accounts/audit';
import { pruneAudit } from '../../libs/accounts/prune-audit';
import { verifyAudit, type ChainCheck, type ChainPoint } from '../../libs/accounts/verify-audit';
import { createSmallRegistry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let application: Client;
let owner: Client;
let registryId = REGISTRY;

beforeAll(async () => {
  database = await createTestDatabase();
  application = new Client({ connectionString: database.url });
  owner = new Client({ connectionString: database.ownerUrl });
  await Promise.all([application.connect(), owner.connect()]);
});

// A chain of its own for each test.
beforeEach(async () => {
  registryId += 1;
  await createSmallRegistry(database.source, registryId);
});

afterAll(async () => {
  await Promise.all([application?.end(), owner?.end()]);
  await database?.drop();
});

function act(fields: Partial<Act> = {}): Act {
  return {
    registryId,
    actor: '王芳',
    act: 'entries.append',
    thing: null,
    org: 'A',
    address: '127.0.0.1',
    result: 'done',
    detail: null,
    ...fields,
  };
}

const check = (...known: ChainPoint[]): Promise<ChainCheck> => verifyAudit(database.source.manager, registryId, known);

/** Seven acts of one registry, of every form. */
async function sevenActs(): Promise<void> {
  await recordAct(database.source.manager, act({ thing: '“引号” " \\ \n 换行', detail: { b: [1.5, null], a: '甲' } }));
  await recordActs(
    database.source.manager,
    ['refused', 'failed', 'done', 'done', 'done'].map((result, index) =>
      act({ result: result as Act['result'], thing: `R${index}`, org: null, address: null }),
    ),
  );
  await recordAct(database.source.manager, act({ actor: '李雷' }));
}

/** As the owner, with the triggers off: what somebody at the database itself can do. */
async function tamper(...statements: string[]): Promise<void> {
  await owner.query('alter table audit_act disable trigger user');
  for (const statement of statements) await owner.query(statement.replaceAll('$1', String(registryId)));
  await owner.query('alter table audit_act enable trigger user');
}

describe('the chain of acts', () => {
  it('is what SHA-256 gives over the hash before and the text of each act, and ends at the head', async () => {
    await sevenActs();

    let hash = Buffer.alloc(0);
    const { rows } = await owner.query(
      `select *, (extract(epoch from at) * 1000000)::bigint as microseconds, detail::text as detail
        from audit_act where registry_id = $1 order by seq`,
      [registryId],
    );
    for (const [index, row] of rows.entries()) {
      expect(row.seq).toBe(String(index + 1));
      const { actor, act: name, thing, org, address, result, detail } = row;
      const texts = [actor, name, thing, org, address, result].map((text) => JSON.stringify(text));
      const text = `[${[registryId, row.seq, row.microseconds, ...texts, detail ?? 'null'].join(', ')}]`;
      hash = createHash('sha256').update(hash).update(text).digest();
      expect(row.hash).toEqual(hash);
    }
    expect(rows).toHaveLength(7);
    expect(await check()).toEqual({
      registryId,
      seq: '7',
      hash: hash.toString('hex'),
      checked: 7,
      pruned: null,
      broken: 0,
      findings: [],
    });
  });

  it('keeps what a sender wrote, but for characters that no database keeps', async () => {
    await recordAct(database.source.manager, act({ thing: 'a\0b\ud800', detail: { name: '😀\udc00' } }));

    const { rows } = await owner.query('select thing, detail from audit_act where registry_id = $1', [registryId]);
    expect(rows).toEqual([{ thing: 'a\uFFFDb\uFFFD', detail: { name: '😀\uFFFD' } }]);
    expect(await check()).toMatchObject({ checked: 1, broken: 0 });
  });

  it('of a registry without acts is empty, and whole', async () => {
    expect(await check()).toMatchObject({ seq: '0', hash: '', checked: 0, broken: 0 });
  });

  it('has no gap after a transaction that was rolled back', async () => {
    await recordAct(database.source.manager, act());
    await expect(
      database.source.transaction('READ COMMITTED', async (manager) => {
        await recordAct(manager, act({ thing: 'never' }));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await recordAct(database.source.manager, act());

    expect(await check()).toMatchObject({ seq: '2', checked: 2, broken: 0 });
  });

  it('is one and unbroken when many write at once, also its very first act', async () => {
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let turn = 0; turn < 10; turn += 1) {
        await database.source.transaction('READ COMMITTED', async (manager) => {
          await recordActs(manager, [act({ thing: `${writer}/${turn}` }), act({ thing: `${writer}/${turn} 2` })]);
        });
      }
    });
    await Promise.all(writers);

    expect(await check()).toMatchObject({ seq: '160', checked: 160, broken: 0 });
    const { rows } = await owner.query(
      `select count(*) filter (where at < before)::int as backwards, count(distinct thing)::int as things
        from (select at, thing, lag(at) over (order by seq) as before from audit_act where registry_id = $1) acts`,
      [registryId],
    );
    expect(rows).toEqual([{ backwards: 0, things: 160 }]);
  });

  it('is one for each registry', async () => {
    const [one, other] = [registryId, registryId - 1];
    await recordActs(database.source.manager, [act({ registryId: one }), act({ registryId: other }), act()]);

    expect(await verifyAudit(database.source.manager, one)).toMatchObject({ seq: '2', broken: 0 });
    expect(await verifyAudit(database.source.manager, other)).toMatchObject({ broken: 0 });
  });
});

describe("the application's login", () => {
  it.each([
    `update audit_act set actor = 'x'`,
    'delete from audit_act',
    'truncate audit_act',
    `insert into audit_act values (1, 1, now(), 'x', 'x', null, null, null, 'done', null, '')`,
    'update audit_head set seq = 0',
    'delete from audit_head',
    `insert into audit_checkpoint values (1, 1, now(), '', now())`,
  ])('cannot do this: %s', async (statement) => {
    await expect(application.query(statement)).rejects.toThrow('permission denied for table audit_');
  });

  it('calls no function that keeps the chain with a made-up result', async () => {
    await expect(recordAct(database.source.manager, act({ result: 'perhaps' as 'done' }))).rejects.toThrow(
      '"audit_act_result_check"',
    );
  });
});

describe("the owner's login", () => {
  beforeEach(sevenActs);

  it.each(['update audit_act set seq = seq', 'delete from audit_act'])('is refused: %s', async (statement) => {
    await expect(owner.query(statement)).rejects.toThrow('audit_act is append-only');
  });

  it('cannot make a checkpoint of a young act, nor of none', async () => {
    const refusal = 'a checkpoint stands for an act older than six months, and stays';
    await expect(
      owner.query(
        `insert into audit_checkpoint select registry_id, seq, at, hash, now() from audit_act
          where registry_id = $1 and seq = 3`,
        [registryId],
      ),
    ).rejects.toThrow(refusal);
    await expect(
      owner.query(`insert into audit_checkpoint values ($1, 3, '2020-01-01', '', now())`, [registryId]),
    ).rejects.toThrow(refusal);
  });
});

/** The act's hash anew, as the chain wants it. */
const rehash = (seq: number) => `
  update audit_act a set hash = sha256(coalesce(b.hash, '') || convert_to(json_build_array(a.registry_id, a.seq,
      (extract(epoch from a.at) * 1000000)::bigint, a.actor, a.act, a.thing, a.org, a.address, a.result,
      a.detail)::text, 'UTF8'))
    from (select) one left join audit_act b on b.registry_id = $1 and b.seq = ${seq - 1}
    where a.registry_id = $1 and a.seq = ${seq}`;
const set = (change: string, seq: number) => `update audit_act set ${change} where registry_id = $1 and seq = ${seq}`;

describe('pruning', () => {
  /** Acts 1 to 4 of so long ago, 5 to 7 of now. */
  async function aged(months: number): Promise<void> {
    await sevenActs();
    const past = `at = at - interval '${months} months'`;
    await tamper(
      ...[1, 2, 3, 4].map((seq) => set(past, seq)),
      ...[1, 2, 3, 4, 5, 6, 7].map(rehash),
      `update audit_head h set hash = a.hash from audit_act a
        where h.registry_id = $1 and a.registry_id = $1 and a.seq = h.seq`,
    );
    expect(await check()).toMatchObject({ checked: 7, broken: 0 });
  }

  const prune = (months: number) => pruneAudit(database.source, registryId, months, 'system');

  it('takes the oldest whole months, leaves a checkpoint and an act of its own, and the rest still verifies', async () => {
    await aged(8);

    expect(await prune(6)).toBe(4);

    expect(await check()).toMatchObject({ seq: '8', checked: 4, pruned: 4, broken: 0 });
    const { rows } = await owner.query(
      'select seq, act, thing, actor, detail from audit_act where registry_id = $1 order by seq desc limit 1',
      [registryId],
    );
    expect(rows).toMatchObject([{ seq: '8', act: 'audit.prune', thing: '4', actor: 'system', detail: { acts: 4 } }]);
    expect(await prune(6)).toBe(0);
  });

  it('leaves what is younger than six months, whatever is asked', async () => {
    await aged(5);

    expect(await prune(6)).toBe(0);
    await expect(prune(5)).rejects.toThrow('acts are kept for six months at least');
    await expect(prune(-12)).rejects.toThrow('acts are kept for six months at least');
    expect(await check()).toMatchObject({ checked: 7, pruned: null, broken: 0 });
  });

  it('keeps for longer when that is configured', async () => {
    await aged(20);

    expect(await prune(24)).toBe(0);
    expect(await prune(12)).toBe(4);
  });

  it('does not hide an act that was removed behind it, nor one left over, nor a checkpoint that was moved', async () => {
    await aged(8);
    await prune(6);

    await tamper('delete from audit_act where registry_id = $1 and seq = 5');
    expect((await check()).findings).toEqual([{ seq: 5, through: 5, problem: 'missing' }]);

    await tamper(
      `insert into audit_act select registry_id, 2, at, actor, act, thing, org, address, result, detail, hash
        from audit_act where registry_id = $1 and seq = 6`,
    );
    expect((await check()).findings[0]).toEqual({ seq: 2, through: 2, problem: 'left over' });

    await expect(
      owner.query('update audit_checkpoint set seq = 5 where registry_id = $1', [registryId]),
    ).rejects.toThrow('and stays');
  });
});

describe('a recount, when somebody at the database itself', () => {
  beforeEach(sevenActs);

  it.each([
    ['actor', `actor = '别人'`],
    ['act', `act = 'session.begin'`],
    ['thing', 'thing = null'],
    ['org', `org = 'B'`],
    ['address', `address = '10.0.0.1'`],
    ['result', `result = 'failed'`],
    ['time, by a microsecond', `at = at + interval '1 microsecond'`],
    ['detail', `detail = '{}'`],
    ['hash', `hash = sha256('x')`],
  ])('changes the %s, names the act', async (_what, change) => {
    await tamper(set(change, 4));

    expect((await check()).findings[0]).toEqual({ seq: 4, through: 4, problem: 'changed' });
  });

  it('changes an act and its hash, names the next, which does not follow any more', async () => {
    await tamper(set(`actor = '别人'`, 4), rehash(4));

    expect(await check()).toMatchObject({ broken: 1, findings: [{ seq: 5, through: 5, problem: 'changed' }] });
  });

  it('removes acts, names them', async () => {
    await tamper('delete from audit_act where registry_id = $1 and seq in (3, 4)');

    expect(await check()).toMatchObject({
      checked: 5,
      broken: 1,
      findings: [{ seq: 3, through: 4, problem: 'missing' }],
    });
  });

  it('removes the first or the last acts, or all, names them', async () => {
    await tamper('delete from audit_act where registry_id = $1 and seq in (1, 6, 7)');
    expect((await check()).findings).toEqual([
      { seq: 1, through: 1, problem: 'missing' },
      { seq: 6, through: 7, problem: 'missing' },
    ]);

    await tamper('delete from audit_act where registry_id = $1');
    expect((await check()).findings).toEqual([{ seq: 1, through: 7, problem: 'missing' }]);
  });

  it('swaps two acts, names both', async () => {
    await tamper(set('seq = 99', 3), set('seq = 3', 5), set('seq = 5', 99));

    const found = (await check()).findings.map(({ seq }) => seq);
    expect(found).toEqual(expect.arrayContaining([3, 5]));
  });

  it('adds an act, well chained, names it', async () => {
    await tamper(
      `insert into audit_act select registry_id, 8, at, '别人', act, thing, org, address, result, detail, ''
        from audit_act where registry_id = $1 and seq = 7`,
      rehash(8),
    );

    expect(await check()).toMatchObject({ broken: 1, findings: [{ seq: 8, through: 8, problem: 'added' }] });
  });

  it('rewrites the whole chain and its head, finds it by a point that was noted before', async () => {
    const { seq, hash } = await check();
    const head = `update audit_head h set hash = a.hash from audit_act a
      where h.registry_id = $1 and a.registry_id = $1 and a.seq = h.seq`;
    await tamper(set(`actor = '别人'`, 4), ...[4, 5, 6, 7].map(rehash), head);

    expect(await check()).toMatchObject({ broken: 0 });
    expect((await check({ seq, hash })).findings).toEqual([{ seq: 7, through: 7, problem: 'rewritten' }]);
  });

  it('cuts the end off and sets the head back, finds it by a point that was noted before', async () => {
    const { seq, hash } = await check();
    await tamper(
      'delete from audit_act where registry_id = $1 and seq > 5',
      `update audit_head h set seq = 5, hash = a.hash from audit_act a
        where h.registry_id = $1 and a.registry_id = $1 and a.seq = 5`,
    );

    expect(await check()).toMatchObject({ broken: 0 });
    expect((await check({ seq, hash })).findings).toEqual([{ seq: 6, through: 7, problem: 'missing' }]);
  });
});
