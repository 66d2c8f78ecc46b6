import { CheckOutlined } from '@ant-design/icons';
import type { Target, Value } from '../api/answers';
import { Amount } from '../figures/amount';
import { SIGNS } from '../indicators/signs';
import { useWords } from '../language';
import { meets } from './use-targets';

/** A target with its operator, and a tick where it is met. */
export function TargetMark({
  value,
  target,
  unit,
}: {
  value: Value | undefined;
  target: Target | undefined;
  unit: string;
}) {
  const words = useWords();
  if (!target) return <span className="none">{words.t('noTarget')}</span>;
  const met = meets(value, target);
  return (
    <span className={`target ${met === undefined ? '' : met ? 'target-met' : 'target-open'}`}>
      <span>
        {SIGNS[target.operator]} <Amount text={target.value} unit={unit} />
      </span>
      {met !== undefined && (
        <span className="target-state">
          {met && <CheckOutlined aria-hidden="true" />} {words.t(met ? 'met' : 'notMet')}
        </span>
      )}
    </span>
  );
}
