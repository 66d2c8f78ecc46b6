import { CheckOutlined } from '@ant-design/icons';
import type { Target, Value } from '../api/answers';
import { withUnit } from '../figures/format';
import { useWords } from '../language';
import { meets } from './use-targets';

const SIGNS = { ge: '≥', le: '≤', eq: '=' } as const;

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
        {SIGNS[target.operator]} {withUnit(target.value, unit, words)}
      </span>
      {met !== undefined && (
        <span className="target-state">
          {met && <CheckOutlined aria-hidden="true" />} {words.t(met ? 'met' : 'notMet')}
        </span>
      )}
    </span>
  );
}
