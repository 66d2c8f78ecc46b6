import type { Status } from '../api/answers';

const STORED = 'marrow-ledger.signed-in';
/** An answer is not kept for who comes upon it later, when it may be another. */
const KEPT_MS = 10_000;

const asked = new Map<string, Promise<Response>>();

/** Asks for what every page begins with, and then for what this one does, where somebody was signed in last. */
export function askEarly(next: (status: Status) => readonly string[]): void {
  if (localStorage.getItem(STORED) === null) return;
  const session = ask('/session');
  const status = ask('/status');
  ask('/catalogue');
  ask('/orgs');
  Promise.all([session, status])
    .then(async (responses) => {
      if (!responses.every(({ ok }) => ok)) return;
      const [{ permissions }, known] = await Promise.all(responses.map((response) => response.clone().json()));
      // All that is asked for early is figures; who may not see them is refused.
      if (permissions.includes('figures.read')) next(known).forEach(ask);
    })
    // Who wants it finds out.
    .catch(() => undefined);
  setTimeout(() => asked.clear(), KEPT_MS);
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

/** Keeps for the next opening of the page whether somebody is signed in, with nothing left to do for it. */
export function keepSignedIn(signedIn: boolean): void {
  if (signedIn) {
    localStorage.setItem(STORED, 'yes');
    return;
  }
  localStorage.removeItem(STORED);
  // The next person's answers are their own.
  asked.clear();
}
