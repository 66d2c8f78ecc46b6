import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { Figure, Fraction } from '../figures/figure';
import { toDraw } from '../figures/format';
import { isFew } from '../figures/stages';
import type { Figures } from '../figures/use-figures';
import { NumbersTable } from '../figures/numbers-table';
import { CardLink } from '../indicators/card-link';
import { useWords } from '../language';
import { useView } from '../view';
import type { Place } from './place';

interface CitiesTableProps {
  places: readonly Place[];
  figures: Figures;
  keys: readonly string[];
  chosen: string;
}

export function CitiesTable({ places, figures, keys, chosen }: CitiesTableProps) {
  const { t, label, unit } = useWords();
  const { metrics, indicators } = useView();
  const [sort, setSort] = useState<{ key: string; down: boolean } | null>(null);
  const valueOf = (key: string, place: Place) => figures.find(key, { org: place.org, own: place.own });
  const drawn = (key: string, place: Place) => toDraw(valueOf(key, place));
  const rows = sort
    ? [...places].sort((a, b) => {
        const [left, right] = [drawn(sort.key, a), drawn(sort.key, b)];
        if (left === null || right === null) return (left === null ? 1 : 0) - (right === null ? 1 : 0);
        return sort.down ? right - left : left - right;
      })
    : places;
  const longest = new Map(keys.map((key) => [key, Math.max(0, ...places.map((place) => drawn(key, place) ?? 0))]));
  const turn = (key: string) =>
    setSort((now) => (now?.key !== key ? { key, down: true } : now.down ? { key, down: false } : null));

  return (
    <NumbersTable title={t('citiesTable')}>
      <thead>
        <tr>
          <th scope="col">
            {t('org')}
            <span className="narrow-only" aria-hidden="true">
              {' · '}
              {t('sortHint')}
            </span>
          </th>
          {keys.map((key) => {
            const definition = metrics.get(key) ?? indicators.get(key);
            const sorted = sort?.key === key ? sort : null;
            return (
              <th
                scope="col"
                key={key}
                className={key === chosen ? 'chosen' : undefined}
                aria-sort={sorted ? (sorted.down ? 'descending' : 'ascending') : undefined}
              >
                <button type="button" className="sorter" title={t('sortHint')} onClick={() => turn(key)}>
                  {definition && label(definition.label)}
                  {sorted &&
                    (sorted.down ? <CaretDownOutlined aria-hidden="true" /> : <CaretUpOutlined aria-hidden="true" />)}
                  <small>{definition && unit(definition.unit)}</small>
                </button>{' '}
                {definition && <CardLink indicator={key} title={label(definition.label)} />}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {rows.map((place) => (
          <tr key={`${place.org} ${place.own}`}>
            <th scope="row">{place.name}</th>
            {keys.map((key) => {
              const value = valueOf(key, place);
              const definition = metrics.get(key) ?? indicators.get(key);
              const title = `${place.name} ${definition ? label(definition.label) : ''}`;
              const share = ((toDraw(value) ?? 0) / (longest.get(key) || 1)) * 100;
              return (
                <td
                  key={key}
                  className={isFew(value) ? 'few' : undefined}
                  title={isFew(value) ? t('fewHint') : undefined}
                >
                  <Figure value={value} title={title} bare />
                  <Fraction value={value} />
                  <i className="bar" style={{ width: `${Math.max(0, share)}%` }} aria-hidden="true" />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </NumbersTable>
  );
}
