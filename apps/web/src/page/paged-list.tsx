import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../language';

/** The page that is shown of a list that is read page by page, and how one turns to the others. */
export function usePaged<Page>(query: UseInfiniteQueryResult<InfiniteData<Page>>) {
  const [page, setPage] = useState(0);
  const pages = query.data?.pages ?? [];
  // Fewer pages may be left after a renewed reading.
  const at = Math.max(0, Math.min(page, pages.length - 1));
  const isLast = at === pages.length - 1;
  return {
    shown: pages[at],
    turning: {
      page: at + 1,
      pages: query.hasNextPage ? pages.length + 1 : pages.length,
      busy: query.isFetchingNextPage,
      newer: () => setPage(at - 1),
      older: async () => {
        if (isLast) await query.fetchNextPage({ throwOnError: true });
        setPage(at + 1);
      },
    },
  };
}

/** Turns the pages of a list that has more than one. */
export function Turning({ label, of }: { label: string; of: ReturnType<typeof usePaged>['turning'] }) {
  const { t } = useWords();
  if (of.pages < 2) return null;
  return (
    <nav className="pages" aria-label={label}>
      <Button disabled={of.page === 1} onClick={of.newer}>
        {t('newer')}
      </Button>
      <span aria-live="polite">{t('pageNumber', { page: of.page })}</span>
      <Button disabled={of.page === of.pages} loading={of.busy} onClick={() => void of.older().catch(() => undefined)}>
        {t('older')}
      </Button>
    </nav>
  );
}
