import type { Setting } from '../api/settings';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';

/** Every choice that was made, the latest first: from when on, by whom and why. */
export function ChoicesMade({ setting: { history, timeline, choices, label: title } }: { setting: Setting }) {
  const { t, label } = useWords();
  if (history.length === 0) return <p className="hint">{t('settingHistoryNone')}</p>;
  return (
    <table className="choices-made">
      <caption className="away">
        {label(title)} · {t('settingHistory')}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('columnSince')}</th>
          <th scope="col">{t('columnChoice')}</th>
          <th scope="col">{t('settingWhy')}</th>
          <th scope="col">{t('columnChosenBy')}</th>
        </tr>
      </thead>
      <tbody>
        {history.toReversed().map(({ number, choice, since, reason, recordedAt, recordedBy }) => {
          const chosen = choices.find(({ code }) => code === choice);
          return (
            <tr key={number}>
              <th scope="row">{since}</th>
              <td>
                {chosen ? label(chosen.label) : choice}
                {!timeline.some((one) => one.number === number) && <small>{t('settingOverruled')}</small>}
              </td>
              <td>{reason}</td>
              <td>
                {recordedBy}
                <small>{sayInstant(recordedAt)}</small>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
