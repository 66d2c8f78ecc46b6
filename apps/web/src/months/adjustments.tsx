import type { MonthOverview } from '../api/months';
import { kindName, orgName } from '../entries/entry-words';
import { group } from '../figures/format';
import { useWords } from '../language';
import { useView } from '../view';

/** What belongs to closed months and was posted to this one. */
export function Adjustments({ month: { adjustments, adjusted } }: { month: MonthOverview }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  if (adjustments.length === 0) return <p className="none">{t('adjustmentsNone')}</p>;
  return (
    <div className="scroll">
      {adjusted > adjustments.length && <p>{t('adjustmentsMore', { total: adjusted, shown: adjustments.length })}</p>}
      <table>
        <caption className="away">{t('adjustments')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('columnBelongs')}</th>
            <th scope="col">{t('columnKind')}</th>
            <th scope="col">{t('columnOrg')}</th>
            <th scope="col" className="right">
              {t('columnQuantity')}
            </th>
            <th scope="col">{t('columnWhy')}</th>
          </tr>
        </thead>
        <tbody>
          {adjustments.map((one) => (
            <tr key={one.id}>
              <th scope="row">{one.belongsTo}</th>
              <td>
                {kindName(one.kind, view, words)}
                {one.reverses !== null && <small>{t('reversalOf')}</small>}
              </td>
              <td>{orgName(one.org, view, words)}</td>
              <td className="right">
                {group(one.quantity)}{' '}
                <span className="unit">{words.unit(view.kinds.get(one.kind)?.unit ?? '', one.quantity)}</span>
              </td>
              <td>{one.justification}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
