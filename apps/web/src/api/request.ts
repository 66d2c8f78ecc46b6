import { earlyAnswer } from '../begin/early';

/** What the server refused, or that it could not be reached (`code` is then `unreachable`). */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly field?: string,
    readonly difference: readonly { field: string; stored: unknown; sent: unknown }[] = [],
    /** What stands where another wrote meanwhile. */
    readonly standing: readonly { place: string; content: unknown; version: number }[] = [],
  ) {
    super(detail);
  }
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

async function readProblem(response: Response): Promise<Problem> {
  const body = await response.json().catch(() => ({}));
  const english = document.documentElement.lang.startsWith('en');
  const first = body.errors?.[0] ?? {};
  const detail = (english ? (body.detailEn ?? body.detail) : body.detail) ?? body.title ?? `HTTP ${response.status}`;
  const code = body.code ?? `http_${response.status}`;
  return new Problem(code, detail, body.field ?? first.field, body.difference, body.standing);
}

async function answerOf(path: string, init: RequestInit): Promise<Response> {
  const headers = { ...init.headers, 'accept-language': document.documentElement.lang, 'x-marrow-ledger': 'page' };
  const early = init.method === undefined ? await earlyAnswer(path) : undefined;
  const response =
    early ??
    (await fetch(`/api${path}`, { ...init, headers }).catch((error: unknown) => {
      if (init.signal?.aborted) throw error;
      throw new Problem('unreachable', '');
    }));
  // A proxy before a stopped server answers 502 to 504 without a problem of ours.
  const ours = response.headers.get('content-type')?.startsWith('application/problem+json');
  if (response.status >= 502 && response.status <= 504 && !ours) throw new Problem('unreachable', '');
  if (!response.ok) throw await readProblem(response);
  return response;
}

async function send<Answer>(path: string, init: RequestInit): Promise<Answer> {
  const response = await answerOf(path, init);
  return response.status === 204 ? (undefined as Answer) : response.json();
}

export function read<Answer>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer> {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  return send(parameters.size > 0 ? `${path}?${parameters}` : path, { signal });
}

function posted(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export function post<Answer>(path: string, body: unknown): Promise<Answer> {
  return send(path, posted(body));
}

/** Posts what is answered with a file. */
export async function postForFile(path: string, body: unknown): Promise<Blob> {
  return (await answerOf(path, posted(body))).blob();
}

/** A file, as a form. */
export function postFile<Answer>(
  path: string,
  file: File,
  fields: Readonly<Record<string, string>>,
  method: 'POST' | 'PUT' = 'POST',
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  return send(path, { method, body: form });
}

export function put<Answer>(path: string, body: unknown): Promise<Answer> {
  return send(path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export function patch<Answer>(path: string, body: unknown): Promise<Answer> {
  return send(path, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export function remove(path: string): Promise<void> {
  return send(path, { method: 'DELETE' });
}
