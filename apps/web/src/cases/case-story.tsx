import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { MILESTONES } from '../../../../libs/catalogue/milestones';
import { go } from '../address';
import { caseQuery, type CaseStory } from '../api/cases';
import { kindName, orgName } from '../entries/entry-words';
import { group } from '../figures/format';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { useSession } from '../session/gate';
import { useView } from '../view';
import { daysBetween, stands } from './case-days';
import { CaseLine } from './case-line';

/** One request: how far it has come, what is next, and all that happened. */
export function CaseStoryView({ code }: { code: string }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const { data, error, refetch } = useQuery(caseQuery(code));
  const [struck, setStruck] = useState(false);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <CardSkeleton height={420} />;
  const standing = data.entries.filter(stands);
  const began = standing[0]?.occurredOn ?? data.day;
  const last = standing.at(-1)?.occurredOn ?? data.day;
  const over = data.state !== 'open' && data.state !== 'held';
  return (
    <>
      <Card
        title={t('caseTitle', { code: data.caseCode })}
        hint={[data.donorCode && `${t('code_donor')} ${data.donorCode}`, orgName(data.org, view, words)]
          .filter(Boolean)
          .join(' · ')}
        actions={
          <Button size="small" onClick={() => go({ tab: 'ledger', code: data.caseCode, case: undefined })}>
            {t('caseEntries')}
          </Button>
        }
      >
        <p className="case-state">
          <span className={`badge case-badge-${data.state}`}>{t(`caseState_${data.state}`)}</span>
          {t('caseDays', { days: group(String(daysBetween(began, over ? last : data.day))) })}
        </p>
        <CaseWay story={data} />
      </Card>
      <Card title={t('caseNext')}>
        <CaseNext story={data} />
      </Card>
      <Card
        title={t('caseLine')}
        actions={
          data.entries.length > standing.length ? (
            <Checkbox checked={struck} onChange={({ target }) => setStruck(target.checked)}>
              {t('caseShowStruck')}
            </Checkbox>
          ) : undefined
        }
      >
        <CaseLine entries={struck ? data.entries : standing} day={over ? null : data.day} />
      </Card>
    </>
  );
}

/** The stages with the days on which they were reached. */
function CaseWay({ story }: { story: CaseStory }) {
  const { t, label } = useWords();
  const standing = story.entries.filter(stands);
  const reached = MILESTONES.map(({ key, label: name, move }) => {
    const outcomes: readonly string[] | undefined = 'outcomes' in move ? move.outcomes : undefined;
    const found = standing.find(
      (one) => one.kind === move.kind && (outcomes === undefined || outcomes.includes(one.outcome ?? '')),
    );
    return { key, name: label(name), day: found?.occurredOn };
  });
  const furthest = reached.findLastIndex(({ day }) => day !== undefined);
  return (
    <ol className="case-way" aria-label={t('caseWay')}>
      {reached.map(({ key, name, day }, index) => {
        const before = reached.slice(0, index).findLast((one) => one.day !== undefined);
        return (
          <li
            key={key}
            className={day ? 'case-reached' : undefined}
            aria-current={index === furthest ? 'step' : undefined}
          >
            <strong>{name}</strong>
            <span>{day ?? '—'}</span>
            {day && before?.day && (
              <small>{t('caseWayDays', { from: before.name, days: daysBetween(before.day, day) })}</small>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** What is waited for, and what the guards would let be logged. */
function CaseNext({ story }: { story: CaseStory }) {
  const words = useWords();
  const { t, label } = words;
  const view = useView();
  const { permissions } = useSession();
  const may = permissions.includes('entries.write');
  const awaited = new Set(story.waits.flatMap(({ ends }) => ends));
  const first = story.possible.filter((kind) => awaited.has(kind));
  const held = story.state === 'held';
  const logged = new Set(story.entries.filter(stands).map(({ kind }) => kind));
  // What was logged once and may be again is seldom what comes next; the form itself takes it.
  const others = story.possible.filter((kind) =>
    kind === 'RequestResumed' ? held : kind === 'RequestHeld' ? !held : !awaited.has(kind) && !logged.has(kind),
  );
  const { caseCode, donorCode, org } = story;
  const button = (kind: string, primary: boolean) => (
    <Button
      key={kind}
      type={primary ? 'primary' : 'default'}
      size={primary ? 'middle' : 'small'}
      onClick={() => view.logAs({ draft: { kind, org, caseCode, donorCode: donorCode ?? undefined } })}
    >
      {t('caseLog', { kind: kindName(kind, view, words) })}
    </Button>
  );
  return (
    <div className="case-next">
      {story.waits.length === 0 && <p className="hint">{t('caseWaitsNothing')}</p>}
      {story.waits.map((wait) => (
        <div key={wait.key} className={wait.overdue ? 'case-wait case-overdue' : 'case-wait'}>
          <strong>{label(wait.task)}</strong>
          <span>
            {t('caseWaits', { since: wait.since, days: group(String(wait.waitingDays)) })}
            {t('clause')}
            {held && wait.dueOn < story.day
              ? t('caseNotWhileHeld')
              : t(wait.overdue ? 'caseOverdue' : 'caseDue', { day: wait.dueOn })}
          </span>
        </div>
      ))}
      {may && first.length > 0 && <div className="case-buttons">{first.map((kind) => button(kind, true))}</div>}
      {may && others.length > 0 && (
        <div className="case-buttons">
          <span className="hint">{t('caseOther')}</span>
          {others.map((kind) => button(kind, false))}
        </div>
      )}
      {story.possible.length === 0 && <p className="hint">{t('caseEnded')}</p>}
    </div>
  );
}
