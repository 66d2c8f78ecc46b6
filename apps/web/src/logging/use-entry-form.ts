import { useEffect, useState } from 'react';
import { whenIdle } from '../page/when-idle';
import type EntryDrawer from './entry-drawer';

let loaded: typeof EntryDrawer | undefined;

async function load(): Promise<void> {
  loaded = (await import('./entry-drawer')).default;
}

/**
 * The form that logs an entry, once its script is there: it is fetched beforehand when there is time. What is there
 * opens at once, without Suspense, so that what is typed right after the key N is not lost.
 */
export function useEntryForm(may: boolean, asked: boolean): typeof EntryDrawer | undefined {
  const [, setTried] = useState({});
  useEffect(() => {
    if (!may || loaded) return;
    if (!asked) return whenIdle(() => void load().catch(() => undefined));
    load().then(
      () => setTried({}),
      (error: unknown) =>
        setTried(() => {
          // For the boundary, which says that the program may have been updated.
          throw error;
        }),
    );
  }, [may, asked]);
  return may ? loaded : undefined;
}
