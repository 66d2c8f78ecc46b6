import { Button } from 'antd';
import { useState } from 'react';
import type { MonthLine, MonthOrg } from '../api/months';
import { kindName } from '../entries/entry-words';
import { sayInstant } from '../figures/format';
import { useWords } from '../language';
import { useSession } from '../session/gate';
import type { TextKey } from '../texts';
import { useView } from '../view';
import { SubmitDialog } from './submit-dialog';

const STATES: Readonly<Record<MonthOrg['state'], { text: TextKey; look: string }>> = {
  submitted: { text: 'stateSubmitted', look: 'state state-done' },
  changed: { text: 'stateChanged', look: 'state state-due' },
  not_submitted: { text: 'stateNotSubmitted', look: 'state' },
};

interface MonthOrgsProps {
  month: MonthLine;
  orgs: readonly MonthOrg[];
  say: (done: string) => void;
}

export function MonthOrgs({ month, orgs, say }: MonthOrgsProps) {
  const words = useWords();
  const { t, label } = words;
  const view = useView();
  const { permissions } = useSession();
  const [checked, setChecked] = useState<MonthOrg>();
  if (orgs.length === 0) return <p className="none">{t('noSubmitters')}</p>;
  const maySubmit = permissions.includes('months.submit') && month.state === 'open';
  return (
    <>
      <ul className="month-orgs">
        {orgs.map((one) => (
          <li key={one.org}>
            <div>
              <strong>{label(one.name)}</strong>{' '}
              <span className={STATES[one.state].look}>{t(STATES[one.state].text)}</span>
              {one.submission && (
                <small>
                  {t('byAt', { by: one.submission.submittedBy, at: sayInstant(one.submission.submittedAt) })}
                  {one.submission.note !== null && ` · ${one.submission.note}`}
                </small>
              )}
              {one.nilReturns.length > 0 && (
                <small>
                  {t('nilReturns', {
                    kinds: one.nilReturns.map((kind) => kindName(kind, view, words)).join(t('enumeration')),
                  })}
                </small>
              )}
            </div>
            <Button
              size="small"
              type={maySubmit && orgs.length === 1 && one.state !== 'submitted' ? 'primary' : undefined}
              onClick={() => setChecked(one)}
            >
              {t(
                !maySubmit || one.state === 'submitted'
                  ? 'look'
                  : one.state === 'changed'
                    ? 'checkAndSubmitAgain'
                    : 'checkAndSubmit',
              )}
              <span className="away"> {label(one.name)}</span>
            </Button>
          </li>
        ))}
      </ul>
      {checked && (
        <SubmitDialog
          month={month.month}
          org={checked}
          may={maySubmit && checked.state !== 'submitted'}
          close={(done) => {
            setChecked(undefined);
            if (done !== undefined) say(done);
          }}
        />
      )}
    </>
  );
}
