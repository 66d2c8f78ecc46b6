import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { MOVING } from '../api/queries';

/** Reads the figures in sight again whenever the server has computed a later position. */
export function useLiveFigures(computedPosition: string | undefined): void {
  const queries = useQueryClient();
  const seen = useRef(computedPosition);
  useEffect(() => {
    if (computedPosition === undefined || computedPosition === seen.current) return;
    if (seen.current !== undefined) void queries.invalidateQueries({ queryKey: [MOVING] });
    seen.current = computedPosition;
  }, [computedPosition, queries]);
}
