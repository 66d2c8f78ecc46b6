import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Select } from 'antd';
import type { Target } from '../api/answers';
import { MOVING } from '../api/queries';
import { post, put } from '../api/request';
import { splitQuery } from '../api/targets';
import { orgName } from '../entries/entry-words';
import { withUnit } from '../figures/format';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { useAct } from '../session/use-act';
import { useView } from '../view';
import { SIGNS } from './signs';
import type { Row } from './use-rows';

interface Fields {
  operator: Target['operator'];
  value: string;
  reason?: string;
}

interface TargetDialogProps {
  row: Row;
  title: string;
  /** With what has been done, if anything. */
  close: (done?: string) => void;
}

const OPERATORS = ['ge', 'le', 'eq'] as const;

/** Sets a target, or changes the one that stands: says before what becomes of it. */
export function TargetDialog({ row: { key, target, definition }, title, close }: TargetDialogProps) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const { org, period } = view;
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { act, busy, refusal } = useAct({ form });
  const { operator = 'ge', value = '' } = (Form.useWatch([], form) ?? {}) as Partial<Fields>;
  const { data: split } = useQuery({
    ...splitQuery({ org, period, key }),
    enabled: target !== undefined,
    retry: false,
  });
  const { unit } = definition;
  const said = (of: { operator: Target['operator']; value: string }) =>
    `${SIGNS[of.operator]} ${withUnit(of.value, unit, words)}`;
  const written = /^-?\d+(\.\d+)?$/.test(value.trim());
  const where = { org: orgName(org, view, words), period: sayPeriod(period, words) };
  const done = (text: string) => {
    void queries.invalidateQueries({ queryKey: [MOVING, 'targets'] });
    close(text);
  };
  const save = (fields: Fields) =>
    act(async () => {
      const reason = fields.reason?.trim() || null;
      await put('/targets', {
        targets: [{ org, period, key, operator: fields.operator, value: fields.value.trim() }],
        reason,
      });
      done(t('targetSaved'));
    });
  const withdraw = async () => {
    const { reason } = await form.validateFields(['reason']);
    await act(async () => {
      await post('/targets/withdrawals', { org, period, key, reason: reason?.trim() });
      done(t('targetWithdrawn'));
    });
  };
  return (
    <Modal
      open
      title={t('targetOf', { title, period: where.period })}
      okText={t('save')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={() => close()}
      footer={(buttons) => (
        <div className="dialog-foot">
          {target ? (
            <Button danger type="text" disabled={busy} onClick={() => void withdraw().catch(() => undefined)}>
              {t('targetWithdraw')}
            </Button>
          ) : (
            <span />
          )}
          <span className="dialog-buttons">{buttons}</span>
        </div>
      )}
    >
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} role="alert" className="gap" />}
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ operator: target?.operator ?? 'ge', value: target?.value }}
        onFinish={(fields) => void save(fields)}
      >
        <div className="side-by-side">
          <Form.Item name="operator" label={t('targetOperator')}>
            <Select options={OPERATORS.map((one) => ({ value: one, label: t(`targetOperator_${one}`) }))} />
          </Form.Item>
          <Form.Item
            name="value"
            label={t('targetValue', { unit: words.unit(unit) })}
            validateTrigger="onSubmit"
            rules={[{ required: true, pattern: /^\s*-?\d+(\.\d+)?\s*$/, message: t('targetValueWrong') }]}
          >
            <Input inputMode="decimal" autoComplete="off" autoFocus className="quantity-input" />
          </Form.Item>
        </div>
        {target && (
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
      {written && !(target?.operator === operator && target.value === value.trim()) && (
        <p className="consequence" role="status">
          {target
            ? t('targetBecomes', { ...where, before: said(target), after: said({ operator, value: value.trim() }) })
            : t('targetBegins', { ...where, after: said({ operator, value: value.trim() }) })}
          {split?.partsTotal && split.parts.length > 0 && (
            <> {t('targetPartsStay', { total: withUnit(split.partsTotal, unit, words) })}</>
          )}
        </p>
      )}
    </Modal>
  );
}
