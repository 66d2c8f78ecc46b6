import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Random } from '../../libs/demonstration/random';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { entry } from './small-registry';

/** What a client sends in one call, and the ids that it must find again. */
export interface Sent {
  readonly path: string;
  readonly type: 'application/json' | 'application/x-ndjson';
  readonly body: string;
  readonly ids: readonly string[];
  /** Found again wholly or not at all; a stream line by line. */
  readonly whole: boolean;
}

/** What came back of it before the connection went. */
export interface Acknowledged {
  readonly ended: boolean;
  readonly ids: readonly string[];
}

function someEntry(random: Random): EntryInput {
  const day = `2024-0${random.between(1, 9)}-${random.between(10, 28)}`;
  const org = random.pick({ A: 2, A1: 1, B: 2, P: 1 });
  return entry({ org, occurredOn: day, quantity: String(random.between(1, 90)) });
}

const json = (path: string, body: object, ids: readonly string[]): Sent => {
  return { path, type: 'application/json', body: JSON.stringify(body), ids, whole: true };
};

/** One entry, many, a stream of them, or the reversal of one that stands, with another in its place. */
export function somethingToSend(random: Random, standing: string[]): Sent {
  const kind = random.pick({ one: 3, many: 2, stream: 2, reversal: standing.length > 0 ? 1 : 0 });
  if (kind === 'one') {
    const body = someEntry(random);
    return json('/api/entries', body, [body.id]);
  }
  if (kind === 'reversal') {
    const [reversed] = standing.splice(random.between(0, standing.length - 1), 1);
    const body = { id: randomUUID(), justification: '登记有误', replacement: someEntry(random) };
    return json(`/api/entries/${reversed}/reversal`, body, [body.id, body.replacement.id]);
  }
  const most = kind === 'many' ? 400 : 4_000;
  const entries = Array.from({ length: random.between(2, most) }, () => someEntry(random));
  const ids = entries.map(({ id }) => id);
  if (kind === 'many') return json('/api/entries', { entries, atomic: random.chance(0.5) }, ids);
  const body = entries.map((one) => `${JSON.stringify(one)}\n`).join('');
  return { path: '/api/entries', type: 'application/x-ndjson', body, ids, whole: false };
}

/** Sends it and takes what is answered, as far as that comes. Throws when anything of it is refused. */
export async function send(url: string, headers: Record<string, string>, sent: Sent): Promise<Acknowledged> {
  let text = '';
  let status: number;
  try {
    const response = await fetch(`${url}${sent.path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': sent.type },
      body: sent.body,
    });
    status = response.status;
    const decoder = new TextDecoder();
    for await (const part of response.body ?? []) text += decoder.decode(part as Uint8Array, { stream: true });
  } catch (error) {
    // The connection went with the program; a stream's answered lines have come.
    if ((error as Error).name !== 'TypeError') throw error;
    return { ended: false, ids: sent.whole ? [] : idsIn(text) };
  }
  if (sent.whole) {
    const { refused = 0, ...answer } = JSON.parse(text) as { refused?: number };
    expect({ good: status === 200 || status === 201, refused, answer }).toMatchObject({ good: true, refused: 0 });
    return { ended: true, ids: sent.ids };
  }
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  // A server that is being killed may end the answer before its last line.
  const ended = /^\{"created"/.test(last);
  if (ended) expect(JSON.parse(last)).toMatchObject({ refused: 0 });
  return { ended, ids: idsIn(text) };
}

/** Those of the whole lines that came. */
function idsIn(text: string): string[] {
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.flatMap((line) => {
    const answer = line === '' ? {} : (JSON.parse(line) as { id?: string; status?: string });
    if (answer.id === undefined) return [];
    expect(answer).toMatchObject({ status: expect.stringMatching(/^(created|unchanged)$/) });
    return [answer.id];
  });
}

export async function storedOf(source: DataSource, ids: readonly string[]): Promise<number> {
  const [{ count }] = await source.query('select count(*)::int as count from entry where id = any($1::uuid[])', [ids]);
  return count;
}

/** That each entry came with its act, and each row of a file with its link, whatever was killed in between. */
export async function expectWholeRows(source: DataSource): Promise<void> {
  const [counts] = await source.query(
    `select (select count(*)::int from entry) as entries,
        (select coalesce(sum((detail ->> 'created')::int), 0) + coalesce(sum((detail ->> 'reversed')::int), 0)
            + coalesce(sum((detail ->> 'replaced')::int), 0)
          from audit_act where act in ('entries.append', 'entries.reverse', 'imports.post'))::int as acts,
        (select count(*)::int from entry e join ledger_write w using (registry_id, position)
          where w.source = 'import' and e.reverses is null) as imported,
        (select count(*)::int from import_entry) as links`,
  );
  expect(counts).toEqual({ entries: counts.acts, acts: counts.acts, imported: counts.links, links: counts.links });
}
