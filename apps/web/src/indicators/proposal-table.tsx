import type { ProposedSplit } from '../api/targets';
import { orgName } from '../entries/entry-words';
import { group, withUnit } from '../figures/format';
import { useWords } from '../language';
import { useView } from '../view';
import { SIGNS } from './signs';
import { SplitFoot } from './split-table';

/** How a target would go to the orgs below, beside what stands there. */
export function ProposalTable({ proposal, unit }: { proposal: ProposedSplit; unit: string }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const { whole, parts, partsTotal, remainder } = proposal;
  const amount = (text: string) => withUnit(text, unit, words);
  return (
    <div className="proposal">
      <table className="split">
        <caption className="away">{t('columnProposed')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('org')}</th>
            <th scope="col" className="right">
              {t('columnShare')}
            </th>
            <th scope="col" className="right">
              {t('columnStanding')}
            </th>
            <th scope="col" className="right">
              {t('columnProposed')}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ org, share, value, standing }) => {
            const changed = standing?.value !== value || standing.operator !== whole.operator;
            return (
              <tr key={org}>
                <th scope="row">{orgName(org, view, words)}</th>
                <td className="right">{share === null ? '' : group(share)}</td>
                <td className="right">
                  {standing ? `${SIGNS[standing.operator]} ${amount(standing.value)}` : <span className="none">—</span>}
                </td>
                <td className={changed ? 'right chosen' : 'right'}>
                  {SIGNS[whole.operator]} {amount(value)}
                </td>
              </tr>
            );
          })}
        </tbody>
        {partsTotal !== null && remainder !== null && <SplitFoot {...{ partsTotal, remainder, amount }} columns={4} />}
      </table>
    </div>
  );
}
