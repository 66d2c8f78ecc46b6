import type { FilledBudgetRow, FilledForm } from '../../../../libs/assessment/filled-form';
import type { BudgetColumn } from '../../../../libs/assessment/forms';
import { group } from '../figures/format';
import { useWords } from '../language';

type Table = NonNullable<FilledForm['budgetTable']>;

/** The rows as the form prints them. */
export function BudgetTable({ table, rows }: { table: Table; rows: readonly FilledBudgetRow[] }) {
  const { t, language } = useWords();
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('budgetTable')}>
      <table className="form-lines form-budget">
        <caption className="away">{t('budgetTable')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('budgetRow')}</th>
            {table.columns.map(({ key, heading }) => (
              <th scope="col" key={key} className="right">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code} id={`row-budget:${row.code}`}>
              <th scope="row">
                {row.name}
                {row.group && <small>{row.group}</small>}
                {row.causeRequired && !row.cause && (
                  <span className="due">{t('causeDue', { why: row.causeRequired[language] })}</span>
                )}
                {row.cause && <small>{t('because', { text: row.cause })}</small>}
                {row.warnings.map((one) => (
                  <small key={one.zh} className="due">
                    {one[language]}
                  </small>
                ))}
              </th>
              {table.columns.map(({ key, heading }) => (
                <td key={key} className="right" data-label={heading}>
                  <BudgetCell column={key} row={row} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function BudgetCell({ column, row }: { column: BudgetColumn; row: FilledBudgetRow }) {
  const { t, language } = useWords();
  if (column === 'rate') {
    return (
      <span title={row.note?.[language]}>
        {row.rate ?? (row.state === 'not_applicable' ? t('notApplicable') : '—')}
      </span>
    );
  }
  if (column === 'weight') return row.weight ?? '';
  if (column === 'score') return row.score ?? (row.weight === null ? '' : t('notScored'));
  const amount = row[column];
  return amount === null ? <span className="none">{t('notTyped')}</span> : group(amount);
}
