import type { Cities, CityRate } from '../api/funnel';
import { group } from '../figures/format';
import { SavePicture } from '../chart/save-picture';
import { useWords, type Words } from '../language';
import { useView } from '../view';
import { openCases } from './case-address';
import { cityCases, cityName, type CityScope } from './city-words';
import { drawTiles } from './draw-tiles';
import { mapSteps, stepOf, type MapStep } from './map-steps';
import '../styles/tile-map.css';

/** Below it an interval is too wide to read a colour from. */
const FEW = 30;

/** The province as tiles, one for a city, coloured by its rate; where on the map a city lies is not known here. */
export function TileMap({ cities: { cities }, scope }: { cities: Cities; scope: CityScope }) {
  const words = useWords();
  const { t } = words;
  const { orgs } = useView();
  const tiles = cities.filter(({ own, cases }) => !own || cases > 0);
  const steps = mapSteps(tiles.flatMap(({ rate }) => rate ?? []));
  const drawing = () =>
    drawTiles(
      tiles.map((city) => ({
        lines: [cityName(city, orgs, words), sayRate(city, t), sayParts(city)],
        step: city.rate === null ? undefined : stepOf(city.rate, steps),
        few: city.rate !== null && city.total < FEW,
      })),
      steps.map(sayStep),
      t('mapFew', { few: FEW }),
    );
  return (
    <section className="tile-map" aria-label={t('tileMap')}>
      <p className="hint">{t('tileMapHint')}</p>
      <ul>
        {tiles.map((city) => (
          <Tile key={`${city.org} ${city.own}`} city={city} scope={scope} steps={steps} />
        ))}
      </ul>
      <p className="map-legend">
        {steps.map(({ from, to }, at) => (
          <span key={from}>
            <i className={`step-${at + 1}`} aria-hidden="true" />
            {sayStep({ from, to })}
          </span>
        ))}
        <span>
          <i className="map-few" aria-hidden="true" />
          {t('mapFew', { few: FEW })}
        </span>
      </p>
      <p className="save-line">
        <SavePicture title={t('tileMap')} drawing={drawing} />
      </p>
    </section>
  );
}

function sayRate({ rate }: CityRate, t: Words['t']): string {
  return rate === null ? t('notApplicable') : `${rate}%`;
}

function sayParts({ hits, total }: CityRate): string {
  return `${group(String(hits))} / ${group(String(total))}`;
}

function sayStep({ from, to }: MapStep): string {
  return `${from}%–${to}%`;
}

interface TileProps {
  city: CityRate & { org: string };
  scope: CityScope;
  steps: ReturnType<typeof mapSteps>;
}

function Tile({ city, scope, steps }: TileProps) {
  const words = useWords();
  const { t } = words;
  const { orgs } = useView();
  const name = cityName(city, orgs, words);
  const { rate, total, interval } = city;
  const inner = (
    <>
      <strong>{name}</strong>
      <span>{sayRate(city, t)}</span>
      <small>{sayParts(city)}</small>
    </>
  );
  if (rate === null) return <li className="map-none">{inner}</li>;
  return (
    <li>
      <button
        type="button"
        className={`step-${stepOf(rate, steps)}${total < FEW ? ' map-few' : ''}`}
        title={interval ? `${t('interval')} ${interval.lower}%–${interval.upper}%` : undefined}
        onClick={() => openCases(cityCases(city, scope, 'total'))}
      >
        {inner}
      </button>
    </li>
  );
}
