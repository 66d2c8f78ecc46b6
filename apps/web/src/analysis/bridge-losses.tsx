import type { Bridge } from '../api/funnel';
import { useWords } from '../language';
import { useView } from '../view';
import { casesOf } from './case-address';
import { Count } from './count';
import { sayHow, sayReason, saySide } from './loss-words';
import { NumbersTable } from '../figures/numbers-table';

/** What the term of losses is made of. */
export function BridgeLosses({ bridge: { stage, losses } }: { bridge: Bridge }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const { period, org } = view;
  return (
    <NumbersTable title={t('bridgeLosses')} seen className="loss-list">
      <thead>
        <tr>
          <th scope="col">{t('columnSide')}</th>
          <th scope="col">{t('columnHow')}</th>
          <th scope="col">{t('lossReason')}</th>
          <th scope="col" className="right">
            {t('columnCases')}
            <small>{t('unitCases')}</small>
          </th>
        </tr>
      </thead>
      <tbody>
        {losses.map(({ how, side, reason, cases }) => (
          <tr key={`${how} ${side} ${reason}`}>
            <th scope="row">{saySide(side, words)}</th>
            <td>{sayHow(how, words)}</td>
            <td>{sayReason(reason, view, words)}</td>
            <td className="right">
              <Count
                value={cases}
                cases={casesOf('funnel', { period, org, stage, term: 'lost', how, side, reason })}
                title={`${saySide(side, words)} ${sayHow(how, words)} ${sayReason(reason, view, words)}`}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </NumbersTable>
  );
}
