import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { MOVING } from '../api/queries';
import { post, put } from '../api/request';
import type { ProposedSplit, SplitWay } from '../api/targets';
import { orgName } from '../entries/entry-words';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { useAct } from '../session/use-act';
import { useView } from '../view';
import { ProposalTable } from './proposal-table';
import type { Row } from './use-rows';

const WAYS = ['last_year', 'equal', 'given'] as const satisfies readonly SplitWay[];

interface SplitDialogProps {
  row: Row;
  title: string;
  close: (done?: string) => void;
}

/** Works out how a target goes to the orgs below, shows it beside what stands, and sets it. */
export function SplitDialog({ row: { key, definition }, title, close }: SplitDialogProps) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const { org, period, orgs } = view;
  const queries = useQueryClient();
  const say = useProblemSentence();
  const [by, setBy] = useState<SplitWay>('last_year');
  const [keepRest, setKeepRest] = useState(false);
  const [shares, setShares] = useState<Readonly<Record<string, string>>>({});
  const [form] = Form.useForm<{ reason?: string }>();
  const { act, busy, refusal, refuse } = useAct({ form });
  const adds = 'addsUp' in definition && definition.addsUp !== 'reported';
  const { mutate, data, isPending, reset } = useMutation({
    mutationFn: () => {
      const given = Object.entries(shares).filter(([, share]) => share.trim() !== '');
      const told = by === 'given' ? Object.fromEntries(given.map(([of, share]) => [of, share.trim()])) : undefined;
      return post<ProposedSplit>('/targets/split', { org, period, key, by, keepRest, shares: told });
    },
    onMutate: () => refuse(undefined),
    onError: (error) => refuse(say(error)),
  });
  const differing =
    data?.parts.filter(
      ({ standing, value }) => standing?.value !== value || standing.operator !== data.whole.operator,
    ) ?? [];
  const changes = differing.some(({ standing }) => standing);
  const save = ({ reason }: { reason?: string }) =>
    act(async () => {
      if (!data) return;
      const { operator } = data.whole;
      const targets = differing.map((part) => ({ org: part.org, period, key, operator, value: part.value }));
      await put('/targets', { targets, reason: reason?.trim() || null });
      void queries.invalidateQueries({ queryKey: [MOVING, 'targets'] });
      close(t('splitSaved', { count: targets.length }));
    });
  const below = [...orgs.values()].filter(({ parent }) => parent === org);
  const otherwise = <Value,>(set: (to: Value) => void) => {
    return (to: Value) => {
      set(to);
      reset();
    };
  };
  return (
    <Modal
      open
      width={720}
      title={t('splitOf', { title, period: sayPeriod(period, words) })}
      okText={t('splitSave')}
      okButtonProps={{ disabled: differing.length === 0 }}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={() => close()}
    >
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} role="alert" className="gap" />}
      {adds ? (
        <div className="split-ways">
          <Radio.Group
            aria-label={t('splitWay')}
            value={by}
            onChange={({ target }) => otherwise(setBy)(target.value as SplitWay)}
            options={WAYS.map((value) => ({ value, label: t(`splitWay_${value}`) }))}
          />
          <Checkbox checked={keepRest} onChange={({ target }) => otherwise(setKeepRest)(target.checked)}>
            {t('splitKeepRest')}
          </Checkbox>
          {by === 'given' && (
            <div className="shares">
              {below.map((one) => (
                <label key={one.org}>
                  {orgName(one.org, view, words)}
                  <Input
                    size="small"
                    inputMode="decimal"
                    aria-label={t('shareFor', { org: orgName(one.org, view, words) })}
                    value={shares[one.org] ?? ''}
                    onChange={({ target }) => otherwise(setShares)({ ...shares, [one.org]: target.value })}
                  />
                </label>
              ))}
            </div>
          )}
        </div>
      ) : (
        <p className="gap">{t('splitAsItIs')}</p>
      )}
      <Button onClick={() => mutate()} loading={isPending} type={data ? 'default' : 'primary'}>
        {t('splitPreview')}
      </Button>
      {data && <ProposalTable proposal={data} unit={definition.unit} />}
      {data && differing.length === 0 && <p className="hint">{t('splitSame')}</p>}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void save(fields)}>
        {changes && (
          <Form.Item
            name="reason"
            label={t('targetReason')}
            validateTrigger="onSubmit"
            rules={[{ required: true, whitespace: true, message: t('targetReasonNeeded') }]}
          >
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
