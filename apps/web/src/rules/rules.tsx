import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, notification } from 'antd';
import { useState } from 'react';
import { go, useAddress } from '../address';
import { packsQuery, type ShownPack } from '../api/rules';
import { useWords } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure } from '../page/failure';
import { useSession } from '../session/gate';
import { PackDialog } from './pack-dialog';
import { PackView } from './pack-view';
import { TemplatesCard } from './templates-card';
import '../styles/rules.css';
import '../texts/rules';

/** Also where an assessment offers them. */
const PACKS = [packsQuery.queryKey, ['rule-packs']];

/** By what assessments are scored, and from what their reports are written. */
export default function Rules() {
  const { t, label } = useWords();
  const { permissions } = useSession();
  const queries = useQueryClient();
  const address = useAddress();
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });
  const [base, setBase] = useState<ShownPack>();
  const { data, error, refetch } = useQuery(packsQuery);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <CardSkeleton height={520} />;
  const shown = data.packs.find((one) => keyOf(one) === address.pack) ?? data.packs[0];
  const may = permissions.includes('assessments.write');
  return (
    <>
      {toasts}
      <Card title={t('rulesList')} hint={t('rulesHint')}>
        <div className="packs">
          <ul aria-label={t('rulesList')}>
            {data.packs.map((one) => (
              <li key={keyOf(one)}>
                <button
                  type="button"
                  className="pack-choice"
                  aria-current={one === shown ? 'true' : undefined}
                  onClick={() => go({ pack: keyOf(one) }, 'replace')}
                >
                  {label(one.rules.label)}
                  <small>
                    {t(one.own ? 'rulesOwn' : 'rulesShipped')}
                    {one.own && ` · ${t('rulesVersion', { version: one.rules.version })}`}
                  </small>
                </button>
              </li>
            ))}
          </ul>
          {shown && (
            <section aria-label={label(shown.rules.label)}>
              <div className="pack-head">
                <h2>{label(shown.rules.label)}</h2>
                {may && <Button onClick={() => setBase(shown)}>{t(shown.own ? 'rulesNext' : 'rulesCopy')}</Button>}
              </div>
              <PackView pack={shown} />
            </section>
          )}
        </div>
      </Card>
      <TemplatesCard />
      {base && (
        <PackDialog
          base={base}
          close={(made) => {
            setBase(undefined);
            if (!made) return;
            toast.success({ title: t('rulesMade', { name: label(made.rules.label) }) });
            go({ pack: keyOf(made) }, 'replace');
            for (const queryKey of PACKS) void queries.invalidateQueries({ queryKey });
          }}
        />
      )}
    </>
  );
}

function keyOf({ rules: { code, version } }: ShownPack): string {
  return `${code}.${version}`;
}
