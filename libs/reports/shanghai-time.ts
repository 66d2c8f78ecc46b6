const MINUTES = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });

/** `2025-01-10 09:30` in Asia/Shanghai. */
export function timeInShanghai(at: Date): string {
  return MINUTES.format(at);
}
