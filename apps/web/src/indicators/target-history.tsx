import type { TargetVersion } from '../api/targets';
import { sayInstant, withUnit } from '../figures/format';
import { useWords } from '../language';
import { SIGNS } from './signs';

export function TargetHistory({ versions, unit }: { versions: readonly TargetVersion[]; unit: string }) {
  const words = useWords();
  const { t } = words;
  return (
    <table className="target-history">
      <caption>{t('targetHistory')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('columnTarget')}</th>
          <th scope="col">{t('columnSetAt')}</th>
          <th scope="col">{t('columnReason')}</th>
        </tr>
      </thead>
      <tbody>
        {versions.toReversed().map(({ version, operator, value, recordedAt, recordedBy, reason }) => (
          <tr key={version}>
            <th scope="row" className="nowrap">
              {operator && value !== null
                ? `${SIGNS[operator]} ${withUnit(value, unit, words)}`
                : t('targetWithdrawnMark')}
            </th>
            <td>
              {sayInstant(recordedAt)}
              <small>{recordedBy}</small>
            </td>
            <td>{reason ?? <span className="none">—</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
