import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, notification } from 'antd';
import { useState } from 'react';
import { settingsQuery, type Choice, type Setting } from '../api/settings';
import { statusQuery } from '../api/queries';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { useSession } from '../session/gate';
import { useView } from '../view';
import { ChoicesMade } from './choices-made';
import { SettingDialog } from './setting-dialog';
import { choiceIn, thisMonth } from './standing-choice';
import '../texts/settings';

/** What the reports leave open, which answer holds, and since when. */
export default function Settings() {
  const { t } = useWords();
  const queries = useQueryClient();
  const { permissions } = useSession();
  const { orgs, status } = useView();
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });
  const [changed, setChanged] = useState<Setting>();
  const { data, error, refetch } = useQuery(settingsQuery);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <CardSkeleton height={480} />;
  const may = permissions.includes('settings.manage') && orgs.get(status.root ?? '')?.level === 'registry';
  return (
    <div className="settings">
      {toasts}
      <Card title={t('settings')} hint={t('settingsHow')}>
        <p>{t('settingsFollow')}</p>
        {!may && <p className="hint">{t('settingsReadOnly')}</p>}
      </Card>
      {data.settings.map((setting) => (
        <SettingCard key={setting.key} setting={setting} change={may ? () => setChanged(setting) : undefined} />
      ))}
      {changed && (
        <SettingDialog
          setting={changed}
          firstOpen={data.firstOpen}
          close={(done) => {
            setChanged(undefined);
            if (!done) return;
            toast.success({ title: t('settingSaved') });
            for (const { queryKey } of [settingsQuery, statusQuery]) void queries.invalidateQueries({ queryKey });
            void queries.invalidateQueries({ queryKey: ['catalogue', 'card'] });
          }}
        />
      )}
    </div>
  );
}

function SettingCard({ setting, change }: { setting: Setting; change: (() => void) | undefined }) {
  const { t, label } = useWords();
  const { metrics, indicators } = useView();
  const now = thisMonth();
  const holds = choiceIn(setting, now);
  const coming = (code: string) => setting.timeline.filter(({ choice, since }) => choice === code && since > now);
  const changes = ({ changes: keys }: Choice) =>
    keys.flatMap((key) => {
      const definition = metrics.get(key) ?? indicators.get(key);
      return definition ? [label(definition.label)] : [];
    });
  return (
    <Card
      title={label(setting.label)}
      actions={
        change && (
          <Button aria-label={t('settingChangeOf', { title: label(setting.label) })} onClick={change}>
            {t('settingChange')}
          </Button>
        )
      }
    >
      <ul className="choices-list">
        {setting.choices.map((choice) => (
          <li key={choice.code} className={choice.code === holds ? 'holds' : undefined}>
            <strong>{label(choice.label)}</strong>{' '}
            {choice.code === holds && <span className="badge badge-good">{t('settingHolds')}</span>}
            {choice.code === setting.default && <span className="badge">{t('settingDefault')}</span>}
            {coming(choice.code).map(({ number, since }) => (
              <span key={number} className="badge badge-doubtful">
                {t('settingNext', { since })}
              </span>
            ))}
            <small>{label(choice.effect)}</small>
            {choice.changes.length > 0 && (
              <small>{t('settingChanges', { list: changes(choice).join(t('enumeration')) })}</small>
            )}
          </li>
        ))}
      </ul>
      <ChoicesMade setting={setting} />
    </Card>
  );
}
