import { randomUUID } from 'node:crypto';
import { Workbook } from 'exceljs';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { KINDS } from '../../libs/catalogue/kinds';
import { BROKEN_FORMS, type BrokenForm } from './broken-forms';
import { GENERATED_ENTRY, type GeneratedEntry } from './generated-entries';
import type { Answer, HttpApplication } from './http-application';
import { LedgerModel } from './ledger-model';

const COLUMNS = [
  ...['kind', 'org', 'occurredOn', 'donorCode', 'caseCode', 'sampleCode', 'outcome', 'reason', 'quantity', 'note'],
  ...new Set(KINDS.flatMap(({ attributes = [] }) => attributes.map(({ code }) => `attributes.${code}`))),
];
const HEAD: Readonly<Record<string, string>> = { kind: '种类', org: '机构', occurredOn: '日期', quantity: '数量' };

const MANY = fc.array(GENERATED_ENTRY, { minLength: 1, maxLength: 100, size: 'max' });

/** Something that is sent: entries in one way or another, a reversal, a file, or what is no form. */
export const GENERATED_CALL = fc.oneof(
  { weight: 2, arbitrary: fc.record({ way: fc.constant('one' as const), entry: GENERATED_ENTRY }) },
  {
    weight: 4,
    arbitrary: fc.record({
      way: fc.constant('many' as const),
      entries: MANY,
      atomic: fc.nat(4).map((one) => one === 0),
    }),
  },
  { weight: 4, arbitrary: fc.record({ way: fc.constant('stream' as const), entries: MANY }) },
  {
    weight: 2,
    arbitrary: fc.record({
      way: fc.constant('reversal' as const),
      which: fc.nat(),
      replacement: fc.option(GENERATED_ENTRY, { nil: undefined }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      way: fc.constant('file' as const),
      format: fc.constantFrom('csv' as const, 'xlsx' as const, 'ndjson' as const),
      rows: MANY,
      name: fc.integer({ min: 1, max: 12 }),
      whole: fc.nat(5).map((one) => one === 0),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ way: fc.constant('broken form' as const), form: fc.constantFrom(...BROKEN_FORMS) }),
  },
);

type GeneratedCall = typeof GENERATED_CALL extends fc.Arbitrary<infer Call> ? Call : never;
type Fields = Record<string, unknown>;

/** Sends what was generated, holds every answer against the model, and keeps that. */
export class GeneratedCalls {
  readonly model = new LedgerModel();
  /** Rows that were sent in any way. */
  sent = 0;

  constructor(
    private readonly api: HttpApplication,
    private readonly source: DataSource,
  ) {}

  async send(call: GeneratedCall): Promise<void> {
    if (call.way === 'one') await this.one(call.entry);
    else if (call.way === 'many') await this.many(call.entries, call.atomic);
    else if (call.way === 'stream') await this.stream(call.entries);
    else if (call.way === 'reversal') await this.reversal(call.which, call.replacement);
    else if (call.way === 'broken form') await this.brokenForm(call.form);
    else await this.file(call);
    await this.expectRowCount();
  }

  private async one({ sent }: GeneratedEntry): Promise<void> {
    this.sent += 1;
    const answer = answered(await this.api.post('/api/entries', JSON.stringify(sent)));
    if (answer.status === 201) this.created(sent as Fields);
    else if (answer.status !== 200) expect(answer.body).toMatchObject({ code: expect.any(String), detail: HAN });
  }

  private async many(entries: readonly GeneratedEntry[], atomic: boolean): Promise<void> {
    const sent = entries.map((one) => one.sent);
    this.sent += sent.length;
    const { status, body } = answered(await this.api.post('/api/entries', { entries: sent, atomic }));
    if (reachesForPrototypes(sent)) {
      expect({ status, body }).toMatchObject({ status: 400, body: { code: 'body_not_readable', detail: HAN } });
      return;
    }
    expect(status).toBe(200);
    const statuses = this.take(sent, body.results);
    if (atomic && statuses.includes('refused')) expect(statuses).not.toContain('created');
  }

  private async stream(entries: readonly GeneratedEntry[]): Promise<void> {
    const sent = entries.map((one) => one.sent);
    this.sent += sent.length;
    const headers = { 'content-type': 'application/x-ndjson' };
    const body = sent.map((one) => `${JSON.stringify(one)}\n`).join('');
    const answer = answered(await this.api.ask('/api/entries', { method: 'POST', headers, body }).then(asText));
    const lines = String(answer.body)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const statuses = this.take(sent, lines.slice(0, -1));
    const count = (status: string) => statuses.filter((one) => one === status).length;
    expect(lines.at(-1)).toEqual({
      ...{ created: count('created'), unchanged: count('unchanged'), refused: count('refused') },
    });
  }

  /** Each row has its answer; what was created is new, and what was refused was not written. */
  private take(
    sent: readonly unknown[],
    results: readonly { status: string; id: string | null; problem?: { detail: string } }[],
  ): string[] {
    expect(results).toHaveLength(sent.length);
    results.forEach(({ status, problem }, at) => {
      if (status === 'created') this.created(sent[at] as Fields);
      else if (status === 'refused') expect(problem?.detail).toEqual(HAN);
    });
    return results.map(({ status }) => status);
  }

  private created(sent: Fields): void {
    const id = String(sent['id']).trim();
    expect(this.model.has(id)).toBe(false);
    this.model.add(sent, id);
  }

  private async reversal(which: number, replacement: GeneratedEntry | undefined): Promise<void> {
    const { standing } = this.model;
    const of = standing[which % Math.max(1, standing.length)] ?? randomUUID();
    this.sent += 1;
    const body = { id: randomUUID(), justification: '登记有误', ...(replacement && { replacement: replacement.sent }) };
    const answer = answered(await this.api.post(`/api/entries/${of}/reversal`, body));
    if (answer.status !== 201) {
      expect(answer.body).toMatchObject({ detail: HAN });
      return;
    }
    this.model.takeBack(of);
    const { replacement: written } = answer.body;
    if (written !== null) this.created(replacement?.sent as Fields);
  }

  private async file({ format, rows, name, whole }: Extract<GeneratedCall, { way: 'file' }>): Promise<void> {
    this.sent += rows.length;
    const form = new FormData();
    form.append('mode', whole ? 'all_or_nothing' : 'good_rows');
    const content = await contentOf(format, rows);
    form.append(
      'file',
      new Blob([typeof content === 'string' ? content : new Uint8Array(content)]),
      `F${name}.${format}`,
    );
    const { status, body } = answered(await this.api.ask('/api/imports', { method: 'POST', body: form }));
    expect(status).toBe(202);
    const { importId } = body;
    const staged = await this.settled(importId);
    if (staged.state === 'mapping') {
      expect((await this.api.post(`/api/imports/${importId}/cancel`, {})).status).toBe(200);
      return;
    }
    if (staged.state !== 'staged') {
      expect(staged).toMatchObject({ state: 'refused', problem: { sentence: { zh: HAN } } });
      return;
    }
    const told = async (
      proposal: string,
    ): Promise<{ row: number; stated: Fields; before: Fields; problems: object[] }[]> =>
      answered(await this.api.get(`/api/imports/${importId}/rows?proposal=${proposal}&limit=1000`)).body.rows;
    const [fresh, changed, gone, invalid, unchanged] = await Promise.all(
      ['new', 'changed', 'gone', 'invalid', 'unchanged'].map(told),
    );
    if (!fresh || !changed || !gone || !invalid || !unchanged) throw new Error('five lists');
    const readRows = fresh.length + changed.length + invalid.length + unchanged.length;
    expect(readRows).toBe(rows.filter(({ sent }) => !isBlank(sent, format)).length);
    for (const { problems } of invalid) expect(problems[0]).toMatchObject({ sentence: { zh: HAN } });
    const answer = { duplicate: true, ...(changed.length + gone.length > 0 && { reason: '按更正后的文件' }) };
    expect((await this.api.post(`/api/imports/${importId}/accept`, answer)).status).toBe(202);
    const done = await this.settled(importId);
    if (whole && invalid.length > 0) {
      expect(done).toMatchObject({ state: 'refused', entriesPosted: 0 });
      return;
    }
    expect(done).toMatchObject({ state: 'done' });
    for (const { stated } of fresh) this.model.add(stated);
    for (const { stated, before } of changed) {
      this.model.takeBackLike(before);
      this.model.add(stated);
    }
    for (const { before, problems } of gone) if (problems.length === 0) this.model.takeBackLike(before);
  }

  private async brokenForm({ type, body }: BrokenForm): Promise<void> {
    const request = { method: 'POST', headers: { 'content-type': type }, body };
    expect(answered(await this.api.ask('/api/imports', request))).toMatchObject({ status: 400, body: { detail: HAN } });
  }

  private async settled(importId: string): Promise<Answer['body']> {
    const over = ({ body }: Answer) => !['received', 'accepted', 'posting'].includes(body.state);
    const deadline = Date.now() + 60_000;
    for (;;) {
      const answer = await this.api.until(`/api/imports/${importId}`, over);
      if (over(answer) || Date.now() > deadline) return answer.body;
    }
  }

  private async expectRowCount(): Promise<void> {
    const [{ count }] = await this.source.query('select count(*)::int as count from entry');
    expect(count).toBe(this.model.entries);
  }
}

const HAN = expect.stringMatching(/[\u4e00-\u9fff]/);

function answered(answer: Answer): Answer {
  if (answer.status >= 500) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}

function asText(answer: Answer): Answer {
  return Buffer.isBuffer(answer.body) ? { ...answer, body: answer.body.toString('utf8') } : answer;
}

/** A row of a table, cell by cell; nothing of what is no entry. */
function cellsOf(sent: unknown): string[] {
  const given = (typeof sent === 'object' && sent !== null ? sent : {}) as Fields;
  const attributes = (given['attributes'] ?? {}) as Fields;
  return COLUMNS.map((name) => {
    const value = name.startsWith('attributes.') ? attributes[name.slice('attributes.'.length)] : given[name];
    return value === undefined || value === null
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  });
}

function isBlank(sent: unknown, format: 'csv' | 'xlsx' | 'ndjson'): boolean {
  return format !== 'ndjson' && cellsOf(sent).every((cell) => cell.trim() === '');
}

async function contentOf(format: 'csv' | 'xlsx' | 'ndjson', rows: readonly GeneratedEntry[]): Promise<string | Buffer> {
  if (format === 'ndjson') {
    return rows
      .map(({ sent }) => {
        if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return `${JSON.stringify(sent)}\n`;
        const { id: _, ...rest } = sent as Fields;
        return `${JSON.stringify(rest)}\n`;
      })
      .join('');
  }
  const table = [COLUMNS.map((name) => HEAD[name] ?? name), ...rows.map(({ sent }) => cellsOf(sent))];
  if (format === 'csv') {
    return table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
  }
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet('登记');
  // XML holds neither.
  for (const row of table) sheet.addRow(row.map((cell) => Buffer.from(cell.replaceAll('\u0000', '')).toString()));
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** A body with such a field is an attack upon the program, and refused as one before its rows are looked at. */
function reachesForPrototypes(sent: readonly unknown[]): boolean {
  return JSON.stringify(sent).includes('"__proto__":');
}
