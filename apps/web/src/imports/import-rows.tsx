import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { importRowsQuery, type Import, type ImportRow, type Proposal } from '../api/imports';
import { useWords } from '../language';
import { Failure } from '../page/failure';
import { useView } from '../view';
import { columnLetters } from './column-letters';
import { sayStated, type StatedField } from './stated-words';

/** The rows of one sort, in the order of the file. */
export function ImportRows({ one, proposal }: { one: Import; proposal: Proposal }) {
  const { t } = useWords();
  const found = useInfiniteQuery(importRowsQuery(one.importId, proposal));
  if (found.error && !found.data) return <Failure error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton active title={false} paragraph={{ rows: 4 }} />;
  const rows = found.data.pages.flat();
  if (rows.length === 0) return <p className="none">{t('importNoRows')}</p>;
  const wrong = rows.some(({ problems }) => problems.length > 0);
  return (
    <>
      <div className="scroll">
        <table className="import-rows">
          <caption className="away">{t(`importCount_${proposal}`)}</caption>
          <thead>
            <tr>
              <th scope="col">{t('importPlace')}</th>
              <th scope="col">{t('importContent')}</th>
              {wrong && <th scope="col">{t('importProblem')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <Row key={`${row.sheet} ${row.row} ${row.reverses} ${at}`} row={row} one={one} wrong={wrong} />
            ))}
          </tbody>
        </table>
      </div>
      {found.hasNextPage && (
        <p className="import-more">
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('importMoreRows')}
          </Button>
        </p>
      )}
    </>
  );
}

function Row({ row, one, wrong }: { row: ImportRow; one: Import; wrong: boolean }) {
  const words = useWords();
  const { t, label } = words;
  const view = useView();
  const sheets = one.mapping ?? [];
  const sheet = row.sheet !== null && sheets.length > 1 ? sheets[row.sheet]?.sheet : undefined;
  const place =
    row.row === null
      ? '—'
      : sheet === undefined
        ? t('importPlaceRow', { row: row.row })
        : t('importPlaceSheet', { sheet, row: row.row });
  const now = sayStated(row.stated, view, words);
  const before = sayStated(row.before, view, words);
  const moved = row.stated && row.before ? differing(before, now) : [];
  return (
    <tr>
      <th scope="row">{place}</th>
      <td>
        {(row.stated ? now : before).map(({ text }) => text).join(' · ')}
        {moved.map(({ name, was, is }) => (
          <small key={name}>
            {name}
            {t('importColon')}
            <s>{was}</s> → <b>{is}</b>
          </small>
        ))}
      </td>
      {wrong && (
        <td>
          {row.problems.map((problem, at) => (
            <div key={at} className="import-problem">
              {problem.column !== null && <b>{t('importColumnAt', { column: columnLetters(problem.column) })}</b>}
              {label(problem.sentence)}
            </div>
          ))}
        </td>
      )}
    </tr>
  );
}

function differing(before: readonly StatedField[], now: readonly StatedField[]) {
  const fields = new Set([...before, ...now].map(({ field }) => field));
  return [...fields].flatMap((field) => {
    const [was, is] = [before, now].map((all) => all.find((one) => one.field === field));
    if (was?.text === is?.text) return [];
    return [{ name: (is ?? was)!.name, was: was?.text ?? '—', is: is?.text ?? '—' }];
  });
}
