const MINUTES = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });

/** Entries that were recorded together are told one after another, and most of a long list were. */
let last = { at: NaN, text: '' };

/** `2025-01-10 09:30` in Asia/Shanghai. */
export function timeInShanghai(at: Date): string {
  const time = at.getTime();
  if (time !== last.at) last = { at: time, text: MINUTES.format(at) };
  return last.text;
}
