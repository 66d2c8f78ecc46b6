import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Status } from '../api/answers';
import { IMPORTS, statusQuery } from '../api/queries';

/** How soon it is tried again where the server lets no stream be opened, in milliseconds. */
const AGAIN_AFTER = 30_000;

type Pulse = Pick<Status, 'position' | 'computedPosition' | 'computedAt' | 'waiting'>;

/**
 * Hears from the server what moves, while the page is in sight.
 *
 * @returns whether it does: else the page has to ask by itself
 */
export function useEvents(): boolean {
  const queries = useQueryClient();
  const [live, setLive] = useState(false);
  useEffect(() => {
    let stream: EventSource | undefined;
    let again: number | undefined;
    const listen = () => {
      stream?.close();
      stream = new EventSource('/api/events');
      stream.addEventListener('open', () => {
        setLive(true);
        // What moved while nobody listened.
        void queries.invalidateQueries(statusQuery);
        void queries.invalidateQueries({ queryKey: [IMPORTS] });
      });
      stream.addEventListener('figures', ({ data }: MessageEvent<string>) => {
        const pulse: Pulse = JSON.parse(data);
        const known = queries.getQueryData(statusQuery.queryKey);
        if (!known) return;
        queries.setQueryData(statusQuery.queryKey, { ...known, ...pulse });
        if (known.computedPosition !== pulse.computedPosition) void queries.invalidateQueries(statusQuery);
      });
      stream.addEventListener('import', () => void queries.invalidateQueries({ queryKey: [IMPORTS] }));
      stream.addEventListener('error', ({ target }) => {
        setLive(false);
        // It comes back by itself from an outage, and not from a refusal.
        if ((target as EventSource).readyState === EventSource.CLOSED) again = window.setTimeout(listen, AGAIN_AFTER);
      });
    };
    const end = () => {
      window.clearTimeout(again);
      stream?.close();
      setLive(false);
    };
    const turn = () => (document.hidden ? end() : listen());
    turn();
    document.addEventListener('visibilitychange', turn);
    return () => {
      document.removeEventListener('visibilitychange', turn);
      end();
    };
  }, [queries]);
  return live;
}
