import { useSyncExternalStore } from 'react';

/** How the page looks: as the system does, or always light or dark. */
export const APPEARANCES = ['system', 'light', 'dark'] as const;
export type Appearance = (typeof APPEARANCES)[number];

const STORED = 'marrow-ledger.appearance';
const MOVED = 'appearance-moved';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const paper = window.matchMedia('print');

function chosen(): Appearance {
  const stored = localStorage.getItem(STORED);
  return APPEARANCES.find((one) => one === stored) ?? 'system';
}

function isDark(): boolean {
  const choice = chosen();
  return !paper.matches && (choice === 'dark' || (choice === 'system' && systemDark.matches));
}

function subscribe(listener: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  for (const media of [systemDark, paper]) media.addEventListener('change', listener, { signal });
  window.addEventListener(MOVED, listener, { signal });
  // Chosen in another window.
  window.addEventListener('storage', listener, { signal });
  return () => stop.abort();
}

function show(): void {
  document.documentElement.dataset['appearance'] = isDark() ? 'dark' : 'light';
}

/** Shows the page as it was chosen, from its first moment on. */
export function keepAppearance(): void {
  show();
  subscribe(show);
}

export function chooseAppearance(to: Appearance): void {
  localStorage.setItem(STORED, to);
  window.dispatchEvent(new Event(MOVED));
}

export function useAppearance(): { chosen: Appearance; dark: boolean } {
  return { chosen: useSyncExternalStore(subscribe, chosen), dark: useSyncExternalStore(subscribe, isDark) };
}
