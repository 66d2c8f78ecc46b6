import type { Status } from '../api/answers';

const SIGNED_IN = 'marrow-ledger.signed-in';
const BEGINNING = 'marrow-ledger.beginning';
/** An answer is not kept for who comes upon it later, when it may be another. */
const KEPT_MS = 10_000;

const asked = new Map<string, Promise<Response>>();

/** What of a registry's status says where a page begins. */
export type Beginning = Pick<Status, 'latestYear' | 'root'>;

/**
 * Asks for what every page begins with, where somebody was signed in last, and for what this one does: at once where
 * it began last time, and else where it turns out to begin.
 */
export function askEarly(next: (beginning: Beginning) => readonly string[]): void {
  const signedIn = localStorage.getItem(SIGNED_IN);
  if (signedIn === null) return;
  const session = ask('/session');
  const status = ask('/status');
  ask('/catalogue');
  ask('/orgs');
  // All that is asked for early is figures; who may not see them is refused.
  const kept = signedIn === 'figures' ? keptBeginning() : undefined;
  const guessed = kept ? next(kept) : [];
  guessed.forEach(ask);
  Promise.all([session, status])
    .then(async (responses) => {
      if (!responses.every(({ ok }) => ok)) return;
      const [{ permissions }, { latestYear, root }] = await Promise.all(
        responses.map((response) => response.clone().json()),
      );
      if (!permissions.includes('figures.read')) return;
      const paths = next({ latestYear, root });
      paths.filter((path) => !guessed.includes(path)).forEach(ask);
    })
    // Who wants it finds out.
    .catch(() => undefined);
  setTimeout(() => asked.clear(), KEPT_MS);
}

/** Keeps for the next opening of the page where it begins. */
export function keepBeginning({ latestYear, root }: Beginning): void {
  localStorage.setItem(BEGINNING, JSON.stringify({ latestYear, root }));
}

function keptBeginning(): Beginning | undefined {
  try {
    return JSON.parse(localStorage.getItem(BEGINNING) ?? '') as Beginning;
  } catch {
    return undefined;
  }
}

function ask(path: string): Promise<Response> {
  const answer = fetch(`/api${path}`, { headers: { 'x-marrow-ledger': 'page' } });
  answer.catch(() => undefined);
  asked.set(path, answer);
  return answer;
}

/** The answer that was asked for early, once; nothing where it was refused or lost, which has to be asked again. */
export async function earlyAnswer(path: string): Promise<Response | undefined> {
  const answer = asked.get(path);
  asked.delete(path);
  const response = await answer?.catch(() => undefined);
  return response?.ok ? response : undefined;
}

/**
 * Keeps for the next opening of the page whether somebody is signed in, with nothing left to do for it, and may see
 * figures.
 */
export function keepSignedIn(signedIn: boolean, figures: boolean): void {
  if (signedIn) {
    localStorage.setItem(SIGNED_IN, figures ? 'figures' : 'yes');
    return;
  }
  localStorage.removeItem(SIGNED_IN);
  localStorage.removeItem(BEGINNING);
  // The next person's answers are their own.
  asked.clear();
}
