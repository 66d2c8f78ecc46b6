import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Select } from 'antd';
import { useState } from 'react';
import { isOver, type Import, type ImportColumn, type ImportSheet } from '../api/imports';
import { IMPORTS } from '../api/queries';
import { put } from '../api/request';
import { useWords } from '../language';
import { useAct } from '../session/use-act';
import { useView } from '../view';
import { columnLetters } from './column-letters';
import { fieldsOf, fieldWord } from './field-word';

const IGNORED = '';

interface ImportMappingProps {
  one: Import;
  sheets: readonly ImportSheet[];
  /** Whether the import waits for it; else it is there to be looked at, and changed. */
  asked?: boolean;
}

/** What each column is taken for; another may be chosen, and the file is read again. */
export function ImportMapping({ one, sheets, asked = false }: ImportMappingProps) {
  const { t, label } = useWords();
  const queries = useQueryClient();
  const { act, busy, refusal } = useAct();
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const fixed = isOver(one) || one.state === 'posting' || one.state === 'accepted' || one.state === 'stopped';
  const changed = Object.keys(chosen).length > 0;
  const fieldOf = ({ name, field }: ImportColumn) => chosen[name] ?? field ?? IGNORED;
  const send = () =>
    act(async () => {
      const named = sheets.flatMap(({ columns }) => columns).filter(({ name }) => /[\p{L}\p{N}]/u.test(name));
      const columns = Object.fromEntries(named.map((column) => [column.name, fieldOf(column) || null]));
      await put(`/imports/${one.importId}/mapping`, { columns });
      setChosen({});
      for (const key of [IMPORTS, 'import-rows', 'import-effect']) await queries.invalidateQueries({ queryKey: [key] });
    });
  const tables = (
    <>
      <p className="hint">{t('importColumnsHint')}</p>
      {sheets.map((sheet, at) => (
        <div key={at}>
          {sheets.length > 1 && <h3>{sheet.sheet}</h3>}
          {(sheet.problems ?? []).map((problem, index) => (
            <Alert key={index} type="warning" showIcon title={label(problem.sentence)} className="import-alert" />
          ))}
          <table className="import-columns">
            <caption className="away">{t('importColumns')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('importColumn')}</th>
                <th scope="col">{t('importField')}</th>
                <th scope="col">{t('importHow')}</th>
              </tr>
            </thead>
            <tbody>
              {sheet.columns.map((column) => (
                <ColumnLine
                  key={column.column}
                  column={column}
                  kind={sheet.kind}
                  field={fieldOf(column)}
                  unclear={sheet.problems?.some(({ columns }) => columns.includes(column.column)) ?? false}
                  choose={fixed ? undefined : (field) => setChosen({ ...chosen, [column.name]: field })}
                />
              ))}
            </tbody>
          </table>
        </div>
      ))}
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} className="import-alert" />}
      {!fixed && (asked || changed) && (
        <Button type="primary" loading={busy} onClick={() => void send()}>
          {t('importReadSo')}
        </Button>
      )}
    </>
  );
  if (asked) {
    return (
      <section aria-label={t('importColumns')}>
        <h3>{t('importColumnsAsk')}</h3>
        {tables}
      </section>
    );
  }
  return (
    <details className="card import-details">
      <summary>{t('importColumns')}</summary>
      {tables}
    </details>
  );
}

interface ColumnLineProps {
  column: ImportColumn;
  kind: string | null;
  field: string;
  unclear: boolean;
  choose?: (field: string) => void;
}

function ColumnLine({ column, kind, field, unclear, choose }: ColumnLineProps) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const { name, by } = column;
  const called = name.trim() === '' ? t('importUnnamed') : name;
  const options = [...new Set([...(column.candidates ?? []), ...fieldsOf(kind, view)])].map((value) => ({
    value,
    label: fieldWord(value, view, words),
  }));
  return (
    <tr className={unclear ? 'import-unclear' : undefined}>
      <th scope="row">
        <span className="import-letter">{columnLetters(column.column)}</span> {called}
      </th>
      <td>
        {choose && name.trim() !== '' ? (
          <Select
            aria-label={`${t('importField')} ${called}`}
            value={field}
            status={unclear ? 'warning' : undefined}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={choose}
            options={[{ value: IGNORED, label: t('importIgnored') }, ...options]}
          />
        ) : field === IGNORED ? (
          <span className="none">{t('importIgnored')}</span>
        ) : (
          fieldWord(field, view, words)
        )}
      </td>
      <td className="none">{by && t(by === 'name' ? 'importHow_name' : 'importHow_remembered')}</td>
    </tr>
  );
}
