import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select, Skeleton } from 'antd';
import { MILESTONES } from '../../../../libs/catalogue/milestones';
import { go, useAddress } from '../address';
import { openCasesQuery } from '../api/cases';
import { orgName } from '../entries/entry-words';
import { group } from '../figures/format';
import { useWords } from '../language';
import { Failure } from '../page/failure';
import { useView } from '../view';

/** The open requests, the oldest first. */
export function OpenCases() {
  const words = useWords();
  const { t, label } = words;
  const view = useView();
  const address = useAddress();
  const milestone = MILESTONES.find(({ key }) => key === address.milestone)?.key;
  const found = useInfiniteQuery(openCasesQuery({ org: view.org, milestone }));
  const name = (key: string | undefined) => {
    const one = MILESTONES.find((each) => each.key === key);
    return one ? label(one.label) : '';
  };
  const cases = found.data?.pages.flatMap((page) => page.cases) ?? [];
  return (
    <section aria-label={t('casesOpen')}>
      <div className="case-head">
        <h3>{t('casesOpen')}</h3>
        <span className="hint">{t('casesOpenHint')}</span>
        <Select
          aria-label={t('casesStage')}
          className="case-stage"
          value={milestone ?? ''}
          onChange={(key: string) => go({ milestone: key || undefined }, 'replace')}
          options={[
            { value: '', label: t('casesStageAny') },
            ...MILESTONES.filter(({ key }) => key !== 'donated').map(({ key }) => ({
              value: key as string,
              label: name(key),
            })),
          ]}
        />
      </div>
      {found.error && !found.data ? (
        <Failure error={found.error} retry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : cases.length === 0 ? (
        <div className="nothing">
          <h3>{t('casesNothing')}</h3>
          <p>{t('casesNothingHow')}</p>
        </div>
      ) : (
        <>
          <table className="case-list">
            <caption className="away">{t('casesOpen')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('caseColumn')}</th>
                <th scope="col">{t('org')}</th>
                <th scope="col">{t('casesStage')}</th>
                <th scope="col">{t('caseSince')}</th>
                <th scope="col">{t('caseBegan')}</th>
                <th scope="col" className="right">
                  {t('caseAge')}
                </th>
              </tr>
            </thead>
            <tbody>
              {cases.map((one) => (
                <tr key={one.caseCode}>
                  <th scope="row">
                    <button
                      type="button"
                      className="plain-link"
                      aria-label={t('caseOpenIt', { code: one.caseCode ?? '' })}
                      onClick={() => go({ case: one.caseCode ?? undefined })}
                    >
                      <code>{one.caseCode}</code>
                    </button>
                    <small>{one.donorCode}</small>
                  </th>
                  <td>{orgName(one.org, view, words)}</td>
                  <td>
                    {name(one.milestone)}
                    {one.held && <span className="outcome">{t('caseHeld')}</span>}
                  </td>
                  <td data-name={t('caseSince')}>{one.since}</td>
                  <td data-name={t('caseBegan')}>{one.beganOn}</td>
                  <td className="right amount">
                    {t('caseDays', { days: group(String(one.days ?? 0)) })}
                    {one.pausedDays ? <small>{t('casePaused', { days: one.pausedDays })}</small> : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {found.hasNextPage && (
            <div className="case-more">
              <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                {t('caseMore')}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}
