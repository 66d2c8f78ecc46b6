import type { Cohort } from '../api/funnel';
import { useWords } from '../language';
import { useView } from '../view';
import { casesOf } from './case-address';
import { Count } from './count';
import { sayReason, saySide, SIDES } from './loss-words';
import { NumbersTable } from '../figures/numbers-table';

/** Why requests came to nothing: by reason down, by the stage that they had come to across, each side for itself. */
export function LossesTable({ cohort }: { cohort: Cohort }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const { period, org } = view;
  const { stages } = cohort;
  const all = stages.flatMap(({ stage, losses }) => losses.map((one) => ({ ...one, stage })));
  if (all.length === 0) return <p className="none">{t('lossesNone')}</p>;
  const first = stages[0]?.stage ?? 'screen';
  const sum = (of: typeof all) => of.reduce((cases, one) => cases + one.cases, 0);
  const sides = all.some(({ side }) => side === null) ? [...SIDES, null] : SIDES;
  return (
    <div className="sides">
      {sides.map((side) => {
        const those = all.filter((one) => one.side === side);
        const reasons = [...new Set(those.map(({ reason }) => reason))]
          .map((reason) => ({ reason, of: those.filter((one) => one.reason === reason) }))
          .sort((a, b) => sum(b.of) - sum(a.of));
        const cell = (title: string, of: typeof all, query: Record<string, string | null>) => (
          <Count value={sum(of)} cases={casesOf('funnel', { period, org, side, ...query })} title={title} />
        );
        const name = t('lossesOf', { side: saySide(side, words) });
        return (
          <NumbersTable key={side ?? 'none'} title={name} seen>
            <thead>
              <tr>
                <th scope="col">{t('lossReason')}</th>
                {stages.map(({ stage }) => (
                  <th scope="col" key={stage}>
                    {t(`stage_${stage}`)}
                  </th>
                ))}
                <th scope="col">
                  {t('together')}
                  <small>{t('unitCases')}</small>
                </th>
              </tr>
            </thead>
            <tbody>
              {[...reasons, { reason: undefined, of: those }].map(({ reason, of }) => {
                const said = reason === undefined ? t('together') : sayReason(reason, view, words);
                return (
                  <tr key={reason ?? String(reason)} className={reason === undefined ? 'total' : undefined}>
                    <th scope="row">{said}</th>
                    {stages.map(({ stage }) => (
                      <td key={stage}>
                        {cell(
                          `${said} ${t(`stage_${stage}`)}`,
                          of.filter((one) => one.stage === stage),
                          { stage, part: 'gone', ...(reason !== undefined && { reason }) },
                        )}
                      </td>
                    ))}
                    <td>
                      {cell(`${said} ${t('together')}`, of, {
                        stage: first,
                        part: 'goneFrom',
                        ...(reason !== undefined && { reason }),
                      })}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </NumbersTable>
        );
      })}
    </div>
  );
}
