import type { FilledBudgetRow } from '../../../../libs/assessment/filled-form';
import { group } from '../figures/format';
import { useWords } from '../language';

export function BudgetTable({ rows }: { rows: readonly FilledBudgetRow[] }) {
  const { t, language } = useWords();
  const money = (amount: string | null) =>
    amount === null ? <span className="none">{t('notTyped')}</span> : group(amount);
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('budgetTable')}>
      <table className="form-lines">
        <caption className="away">{t('budgetTable')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('budgetRow')}</th>
            {(['budgetInitial', 'budgetAdjusted', 'budgetExecuted', 'budgetRate', 'weight', 'score'] as const).map(
              (column) => (
                <th scope="col" key={column} className="right">
                  {t(column)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <th scope="row">
                {row.name}
                {row.group && <small>{row.group}</small>}
              </th>
              <td className="right" data-label={t('budgetInitial')}>
                {money(row.initial)}
              </td>
              <td className="right" data-label={t('budgetAdjusted')}>
                {money(row.adjusted)}
              </td>
              <td className="right" data-label={t('budgetExecuted')}>
                {money(row.executed)}
              </td>
              <td className="right" data-label={t('budgetRate')} title={row.note?.[language]}>
                {row.rate ?? (row.state === 'not_applicable' ? t('notApplicable') : '—')}
              </td>
              <td className="right" data-label={t('weight')}>
                {row.weight ?? ''}
              </td>
              <td className="right" data-label={t('score')}>
                {row.score ?? (row.weight === null ? '' : t('notScored'))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
