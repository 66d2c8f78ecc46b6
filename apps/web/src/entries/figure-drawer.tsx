import { Drawer } from 'antd';
import { useAddress } from '../address';
import { isPeriod } from '../figures/period-names';
import { CardLink } from '../indicators/card-link';
import { useWords } from '../language';
import { closeFigure, openFigure, useView } from '../view';
import { EntriesBehind } from './entries-behind';
import { orgName } from './entry-words';
import { sayPeriod } from '../figures/period-names';
import '../texts/entries';

/** The list behind the figure that the address names. */
export default function FigureDrawer() {
  const words = useWords();
  const view = useView();
  const { figure: key, at, of, own, part, asOf } = useAddress();
  const definition = key === undefined ? undefined : (view.metrics.get(key) ?? view.indicators.get(key));
  const period = at !== undefined && isPeriod(at) ? at : view.period;
  const org = of ?? view.org;
  if (key === undefined || !definition) return null;
  const figure = { key, period, org, own: own === '1' ? true : undefined };
  const isRate = view.indicators.has(key);
  const where = figure.own ? `${orgName(org, view, words)} ${words.t('ownEntries')}` : orgName(org, view, words);
  return (
    <Drawer
      open
      size="min(960px, 100vw)"
      onClose={() => closeFigure()}
      title={
        <div className="drawer-title">
          <span>
            {words.label(definition.label)} <CardLink indicator={key} title={words.label(definition.label)} />
          </span>
          <small>
            {where} · {sayPeriod(period, words)}
          </small>
        </div>
      }
      styles={{ body: { padding: 0 } }}
    >
      <EntriesBehind
        key={`${key} ${period} ${org} ${own} ${part}`}
        figure={figure}
        asOf={asOf}
        part={isRate ? (part === 'denominator' ? 'denominator' : 'numerator') : undefined}
        choose={(chosen) => openFigure(figure, chosen)}
      />
    </Drawer>
  );
}
