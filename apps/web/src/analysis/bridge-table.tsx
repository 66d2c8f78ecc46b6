import { CheckCircleFilled, WarningFilled } from '@ant-design/icons';
import type { Bridge } from '../api/funnel';
import { Figure } from '../figures/figure';
import { addDecimals, compareDecimals, group } from '../figures/format';
import { NumbersTable } from '../figures/numbers-table';
import { shownValue } from '../figures/shown-value';
import { CardLink } from '../indicators/card-link';
import { useWords } from '../language';
import { useView } from '../view';
import { casesOf } from './case-address';
import { Count } from './count';

/** The terms, which add up to the figure. */
export function BridgeTable({ bridge }: { bridge: Bridge }) {
  const { t, label, unit } = useWords();
  const { period, org, metrics } = useView();
  const { stage, key, requested, terms } = bridge;
  const metric = metrics.get(key);
  const name = metric ? label(metric.label) : t(`stage_${stage}`);
  const sum = addDecimals(terms.map(({ value }) => value));
  const equal = compareDecimals(sum, requested ?? '0') === 0;
  return (
    <div>
      <NumbersTable title={t('bridgeTable')}>
        <thead>
          <tr>
            <th scope="col">{t('bridgeTerm')}</th>
            <th scope="col">
              {t('bridgeAdds')}
              <small>{metric && unit(metric.unit)}</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {terms.map(({ term, label: said, entries, value }) => (
            <tr key={term} className={entries === 0 ? 'bridge-nothing' : undefined}>
              <th scope="row">{label(said)}</th>
              <td>
                <Count
                  value={value}
                  cases={entries === 0 ? undefined : casesOf('funnel', { period, org, stage, term })}
                  title={label(said)}
                />
              </td>
            </tr>
          ))}
          <tr className="total">
            <th scope="row">
              {name} <CardLink indicator={key} title={name} />
            </th>
            <td>
              <Figure value={shownValue({ key, period, org }, requested, metric?.unit ?? '')} title={name} bare />
            </td>
          </tr>
        </tbody>
      </NumbersTable>
      <p className={`adds-up ${equal ? 'adds-up-equal' : ''}`}>
        {equal ? <CheckCircleFilled aria-hidden="true" /> : <WarningFilled aria-hidden="true" />}
        <span>{t(equal ? 'bridgeEqual' : 'bridgeDiffers', { sum: group(sum), figure: group(requested ?? '0') })}</span>
      </p>
    </div>
  );
}
