import type { Cities } from '../api/funnel';
import { useWords } from '../language';
import { useView } from '../view';
import { cityCases, cityName, type CityScope } from './city-words';
import { Count } from './count';
import { sayReason, SIDES } from './loss-words';
import { NumbersTable } from '../figures/numbers-table';

/** The most frequent reasons of each side have a column of their own. */
const SHOWN = 5;

export function CityLosses({ cities: { cities, losses, whole }, scope }: { cities: Cities; scope: CityScope }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  if (losses.length === 0) return <p className="none">{t('lossesNone')}</p>;
  const sum = (of: Cities['losses']) => of.reduce((cases, one) => cases + one.cases, 0);
  const columns = SIDES.flatMap((side) => {
    const those = losses.filter((one) => one.side === side);
    const reasons = [...new Set(those.map(({ reason }) => reason))]
      .sort((a, b) => sum(those.filter((one) => one.reason === b)) - sum(those.filter((one) => one.reason === a)))
      .slice(0, SHOWN);
    return [{ side, reason: undefined }, ...reasons.map((reason) => ({ side, reason }))];
  });
  return (
    <NumbersTable title={t('cityLossesTitle')} className="city-losses">
      <thead>
        <tr>
          <th scope="col" rowSpan={2}>
            {t('org')}
            <small>{t('unitCases')}</small>
          </th>
          {SIDES.map((side) => (
            <th scope="colgroup" key={side} colSpan={columns.filter((one) => one.side === side).length}>
              {t(`side_${side}`)}
            </th>
          ))}
        </tr>
        <tr>
          {columns.map(({ side, reason }) => (
            <th scope="col" key={`${side} ${reason}`}>
              {reason === undefined ? t('together') : sayReason(reason, view, words)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[whole, ...cities].map((city) => {
          const name = city.org === null ? t('together') : cityName({ org: city.org, own: city.own }, view.orgs, words);
          return (
            <tr key={`${city.org} ${city.own}`} className={city.org === null ? 'total' : undefined}>
              <th scope="row">{name}</th>
              {columns.map(({ side, reason }) => (
                <td key={`${side} ${reason}`}>
                  <Count
                    value={sum(
                      losses.filter(
                        (one) =>
                          one.side === side &&
                          (reason === undefined || one.reason === reason) &&
                          (city.org === null || (one.org === city.org && one.own === city.own)),
                      ),
                    )}
                    cases={cityCases(city, scope, 'lost', { side, ...(reason !== undefined && { reason }) })}
                    title={`${name} ${reason === undefined ? t(`side_${side}`) : sayReason(reason, view, words)}`}
                  />
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </NumbersTable>
  );
}
