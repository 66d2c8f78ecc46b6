import { Drawer } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { parsePeriod } from '../../../../libs/core/period';
import { monthsQuery } from '../api/months';
import { orgName } from '../entries/entry-words';
import { Figure, Fraction } from '../figures/figure';
import { sayInstant } from '../figures/format';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { useView } from '../view';
import { DefinitionCard } from './definition-card';
import { TargetSection } from './target-section';
import { Trend } from './trend';
import type { Row } from './use-rows';

interface IndicatorDrawerProps {
  title: string;
  row: Row;
  over: boolean;
  close: () => void;
}

/** All about one figure. */
export function IndicatorDrawer({ title, row, over, close }: IndicatorDrawerProps) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const { period, org } = view;
  const { value } = row;
  const { data: months } = useQuery(monthsQuery);
  const { firstMonth, lastMonth } = parsePeriod(period);
  const within = months?.filter(({ month }) => month >= firstMonth && month <= lastMonth) ?? [];
  const sealed = within.some(({ month }) => month === lastMonth) && within.every(({ state }) => state === 'closed');
  const facts = [
    value?.reporting && t('reportedBy', { ...value.reporting }),
    value?.computedAt && t('computedAt', { at: sayInstant(value.computedAt) }),
  ].filter(Boolean);
  return (
    <Drawer
      open
      size="min(860px, 100vw)"
      onClose={close}
      title={
        <div className="drawer-title">
          <span>{title}</span>
          <small>
            {orgName(org, view, words)} · {sayPeriod(period, words)}
          </small>
        </div>
      }
      styles={{ body: { padding: 0 } }}
    >
      <div className="indicator">
        <div className="behind-head">
          <div className="behind-figure">
            <Figure value={value} title={title} />
          </div>
          <Fraction value={value} />
          <p className="hint">
            {sealed && (
              <strong className="sealed" title={t('sealedHint')}>
                {t('sealedMark')}
              </strong>
            )}
            {facts.join(' · ')}
          </p>
          {value?.changes && value.changes.length > 0 && (
            <p className="strip">
              {t('meaningChanges', { months: value.changes.map(({ since }) => since).join(t('enumeration')) })}
            </p>
          )}
        </div>
        <TargetSection row={row} over={over} title={title} />
        <Trend definition={row.definition} title={title} />
        <DefinitionCard indicator={row.key} />
      </div>
    </Drawer>
  );
}
