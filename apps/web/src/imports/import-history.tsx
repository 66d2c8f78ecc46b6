import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { addressWith, go } from '../address';
import { importsQuery, type Import } from '../api/imports';
import { kindName, orgName } from '../entries/entry-words';
import { group, sayInstant } from '../figures/format';
import { useWords } from '../language';
import { Card } from '../page/card';
import { Failure } from '../page/failure';
import { useView } from '../view';
import { ImportStateMark } from './import-state';

const TOLD = ['new', 'changed', 'gone', 'unchanged', 'invalid'] as const;

/** All imports within reach, the latest first. */
export function ImportHistory() {
  const { t } = useWords();
  const found = useInfiniteQuery(importsQuery);
  const [page, setPage] = useState(0);
  const pages = found.data?.pages ?? [];
  const shown = Math.min(page, Math.max(0, pages.length - 1));
  const imports = pages[shown];
  const isLast = shown === pages.length - 1;
  const older = async () => {
    if (isLast) await found.fetchNextPage({ throwOnError: true });
    setPage(shown + 1);
  };
  return (
    <Card title={t('importHistory')} hint={t('importHistoryHint')}>
      {found.error && !found.data ? (
        <Failure error={found.error} retry={() => void found.refetch()} />
      ) : imports === undefined ? (
        <Skeleton active paragraph={{ rows: 6 }} />
      ) : imports.length === 0 && shown === 0 ? (
        <div className="nothing">
          <h3>{t('importNone')}</h3>
          <p>{t('importNoneHow')}</p>
        </div>
      ) : (
        <table className="import-list">
          <caption className="away">{t('importHistory')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('importFile')}</th>
              <th scope="col">{t('importState')}</th>
              <th scope="col">{t('importRows')}</th>
              <th scope="col">{t('importBy')}</th>
            </tr>
          </thead>
          <tbody>
            {imports.map((one) => (
              <ImportLine key={one.importId} one={one} />
            ))}
          </tbody>
        </table>
      )}
      {(pages.length > 1 || found.hasNextPage) && (
        <nav className="pages" aria-label={t('importHistory')}>
          <Button disabled={shown === 0} onClick={() => setPage(shown - 1)}>
            {t('newer')}
          </Button>
          <span aria-live="polite">{t('pageNumber', { page: shown + 1 })}</span>
          <Button
            disabled={isLast && !found.hasNextPage}
            loading={found.isFetchingNextPage}
            onClick={() => void older().catch(() => undefined)}
          >
            {t('older')}
          </Button>
        </nav>
      )}
    </Card>
  );
}

function ImportLine({ one }: { one: Import }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const { importId, fileName, kind, org, counts, createdBy, createdAt, state, progress } = one;
  const told = TOLD.filter((proposal) => counts?.[proposal]);
  return (
    <tr>
      <th scope="row">
        <a
          href={addressWith({ file: importId })}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            go({ file: importId });
          }}
        >
          {fileName}
        </a>
        <small>{[kind && kindName(kind, view, words), orgName(org, view, words)].filter(Boolean).join(' · ')}</small>
      </th>
      <td>
        <ImportStateMark state={state} />
        {(state === 'posting' || state === 'received') && progress.percent !== null && (
          <small>{t('importPercent', { percent: progress.percent })}</small>
        )}
      </td>
      <td>
        {told.length === 0
          ? '—'
          : told
              .map((proposal) => `${t(`importCount_${proposal}`)} ${group(String(counts![proposal]))}`)
              .join(t('listComma'))}
      </td>
      <td>
        {createdBy}
        <small>{sayInstant(createdAt)}</small>
      </td>
    </tr>
  );
}
