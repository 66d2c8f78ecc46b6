import { Skeleton } from 'antd';
import type { Value } from '../api/answers';
import type { RunningValue } from '../api/targets';
import { Amount } from '../figures/amount';
import { Figure, Fraction } from '../figures/figure';
import { useWords } from '../language';
import { sayChange } from './change-words';
import { ForecastCell } from './forecast-cell';
import { Light, lightOf } from './light';
import { PaceCell } from './pace-cell';
import { SIGNS } from './signs';
import { Sparkline } from './sparkline';
import type { Row } from './use-rows';

interface RowCellsProps {
  row: Row;
  over: boolean;
  before: Value | RunningValue | undefined;
  months: readonly (Value | undefined)[];
  open: () => void;
}

export function RowCells({ row, over, before, months, open }: RowCellsProps) {
  const words = useWords();
  const { t, label } = words;
  const { definition, value, target, progress } = row;
  const title = label(definition.label);
  const change = progress && sayChange(progress.actual, words);
  const of = <Content,>(content: (told: NonNullable<typeof progress>) => Content) =>
    !target ? null : progress ? content(progress) : <Skeleton.Button active size="small" />;
  return (
    <tr>
      <th scope="row">
        <button type="button" className="opens" aria-label={t('openIndicator', { title })} onClick={open}>
          {title}
        </button>
      </th>
      <td className="right" data-label={t('columnActual')}>
        <Figure value={value} title={title} />
        {value?.state === 'zero' && 'addsUp' in definition && (
          <span className="nil" title={t('nilHint')}>
            {t('nil')}
          </span>
        )}
        <Fraction value={value} />
      </td>
      <td className="right" data-label={t('lastYear')}>
        {before ? (
          <>
            <Figure value={before} title={`${t('lastYear')} ${title}`} />
            <Fraction value={before} />
          </>
        ) : (
          <span className="none">…</span>
        )}
        {change !== undefined && <small>{change}</small>}
      </td>
      <td className="right" data-label={t('columnTarget')}>
        {target && (
          <span className="nowrap">
            {SIGNS[target.operator]} <Amount text={target.value} unit={definition.unit} />
          </span>
        )}
      </td>
      <td data-label={t('columnPace')}>
        {of(({ pace }) => (
          <PaceCell pace={pace} unit={definition.unit} />
        ))}
      </td>
      {!over && (
        <td data-label={t('columnForecast')}>
          {of((told) => (
            <ForecastCell progress={told} />
          ))}
        </td>
      )}
      <td className="light-cell">
        {of((told) => (
          <Light colour={lightOf(told, over)} />
        ))}
      </td>
      <td className="spark-cell">
        <Sparkline values={months} />
      </td>
    </tr>
  );
}
