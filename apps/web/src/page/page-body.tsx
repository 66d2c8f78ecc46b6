import { createElement, useEffect, useState } from 'react';
import { CardSkeleton } from './card';
import { loadedPage, loadPage, type PageCode } from '../begin/page-scripts';

/** A page, once its script is there. Suspense would leave its skeleton up for 300 ms at least. */
export function PageBody({ code }: { code: PageCode }) {
  const [, setTried] = useState<{ error?: unknown }>({});
  const Body = loadedPage(code);
  useEffect(() => {
    if (Body) return;
    let left = false;
    const tell = (outcome: { error?: unknown }) => {
      if (left) return;
      setTried(() => {
        // For the boundary, which says that the program may have been updated.
        if (outcome.error !== undefined) throw outcome.error;
        return outcome;
      });
    };
    loadPage(code).then(
      () => tell({}),
      (error: unknown) => tell({ error }),
    );
    return () => {
      left = true;
    };
  }, [Body, code]);
  return Body ? createElement(Body) : <CardSkeleton height={480} />;
}
