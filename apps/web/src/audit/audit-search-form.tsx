import { Button, Input, Select } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { go } from '../address';
import type { ActResult, AuditSearch } from '../api/audit';
import { useWords } from '../language';
import { ACT_WORDS, actName } from './act-words';
import { asksNothing, auditAddress } from './audit-address';

const RESULTS = ['done', 'refused', 'failed'] as const satisfies readonly ActResult[];

/** What is looked for; it stands in the address, so that it can be sent to a colleague. */
export function AuditSearchForm({ asked, today }: { asked: AuditSearch; today: string }) {
  const words = useWords();
  const { t, language } = words;
  const [typed, setTyped] = useState(asked);
  const acts = useMemo(
    () =>
      Object.keys(ACT_WORDS)
        .map((value) => ({ value, label: actName(value, words) }))
        .sort((one, other) => one.label.localeCompare(other.label, language)),
    [words, language],
  );
  const ask = (search: AuditSearch) => go(auditAddress(search), 'replace');
  const now = (change: AuditSearch) => {
    setTyped({ ...typed, ...change });
    ask({ ...typed, ...change });
  };
  const type = (field: 'actor' | 'thing') => ({
    value: typed[field] ?? '',
    onChange: ({ target }: { target: { value: string } }) =>
      setTyped({ ...typed, [field]: target.value.trim() || undefined }),
  });
  const day = (field: 'from' | 'to') => ({
    type: 'date',
    max: today,
    value: typed[field] ?? '',
    onChange: ({ target }: { target: { value: string } }) => now({ [field]: target.value || undefined }),
  });
  return (
    <form
      className="audit-search"
      role="search"
      aria-label={t('auditSearch')}
      onSubmit={(event) => {
        event.preventDefault();
        ask(typed);
      }}
    >
      <Field label={t('auditActor')}>
        <Input aria-label={t('auditActor')} placeholder={t('auditActorHint')} allowClear {...type('actor')} />
      </Field>
      <Field label={t('auditAct')}>
        <Select
          aria-label={t('auditAct')}
          value={typed.act ?? ''}
          options={[{ value: '', label: t('auditActAny') }, ...acts]}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          onChange={(act: string) => now({ act: act || undefined })}
        />
      </Field>
      <Field label={t('auditThing')}>
        <Input aria-label={t('auditThing')} placeholder={t('auditThingHint')} allowClear {...type('thing')} />
      </Field>
      <Field label={t('auditResult')}>
        <Select<ActResult | ''>
          aria-label={t('auditResult')}
          value={typed.result ?? ''}
          options={[
            { value: '', label: t('auditResultAny') },
            ...RESULTS.map((value) => ({ value, label: t(`result_${value}`) })),
          ]}
          onChange={(result) => now({ result: result || undefined })}
        />
      </Field>
      <Field label={t('auditFrom')}>
        <Input aria-label={t('auditFrom')} {...day('from')} />
      </Field>
      <Field label={t('auditTo')}>
        <Input aria-label={t('auditTo')} {...day('to')} />
      </Field>
      <div className="audit-search-actions">
        <Button type="primary" htmlType="submit">
          {t('auditSeek')}
        </Button>
        {!asksNothing(asked) && <Button onClick={() => go(auditAddress({}))}>{t('auditClear')}</Button>}
      </div>
    </form>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}
