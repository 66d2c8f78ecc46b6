import { group } from '../figures/format';
import { sayPeriod } from '../figures/period-names';
import { CardLink } from '../indicators/card-link';
import { useWords } from '../language';
import { useView } from '../view';
import { MovedValue } from './moved-value';

export interface MovedFigure {
  key: string;
  period: string;
  before: string | null;
  after: string | null;
  difference?: string | null;
}

/** Figures as they stand, and as they would. */
export function MovedFigures({ caption, moved }: { caption: string; moved: readonly MovedFigure[] }) {
  const words = useWords();
  const { t, label } = words;
  const { metrics, indicators } = useView();
  const name = (key: string) => {
    const definition = indicators.get(key) ?? metrics.get(key);
    return definition ? label(definition.label) : key;
  };
  return (
    <table className="numbers">
      <caption className="away">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('effectFigure')}</th>
          <th scope="col">{t('effectBefore')}</th>
          <th scope="col">{t('effectAfter')}</th>
        </tr>
      </thead>
      <tbody>
        {moved.map(({ key, period, before, after, difference = null }) => (
          <tr key={`${key} ${period}`}>
            <th scope="row">
              {name(key)} <CardLink indicator={key} title={name(key)} />
              <small>{sayPeriod(period, words)}</small>
            </th>
            <td>
              <MovedValue of={key} value={before} />
            </td>
            <td>
              <MovedValue of={key} value={after} />
              {difference !== null && <small>{signed(difference)}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Grouped, and what rises with its sign. */
export function signed(text: string): string {
  return text.startsWith('-') || /^0(\.0*)?$/.test(text) ? group(text) : `+${group(text)}`;
}
