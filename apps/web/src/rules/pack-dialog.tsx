import { Alert, Form, Input, Modal, Select } from 'antd';
import type { RulePack } from '../../../../libs/assessment/rule-packs';
import type { ShownPack } from '../api/rules';
import { post } from '../api/request';
import { addDecimals } from '../figures/format';
import { useWords } from '../language';
import { TextField } from '../session/text-field';
import { useAct } from '../session/use-act';

const NUMBER = /^\d{1,5}(\.\d{1,4})?$/;

interface Fields {
  code: string;
  nameZh: string;
  nameEn?: string;
  since: string;
  /** By the place of their tier. */
  points?: string[];
  lower: RulePack['lowerBetterMissed'];
  equals: RulePack['equals'];
  zero: string;
  beyond: string;
  then: RulePack['overAchieved']['then'];
  causeBeyond: string;
  causeBelow: string;
  /** By the place of their grade; the lowest begins at 0. */
  grades: string[];
}

/** Asks for what another pack does differently; all else is as in the one that it is made from. */
export function PackDialog({ base, close }: { base: ShownPack; close: (made?: ShownPack) => void }) {
  const { t, label } = useWords();
  const { rules, own } = base;
  const [form] = Form.useForm<Fields>();
  const { act, busy, refusal } = useAct({ form });
  const points = Form.useWatch('points', form) ?? rules.weights?.map((weight) => weight.points) ?? [];
  const sum = points.every((one) => NUMBER.test(one ?? '')) ? addDecimals(points) : undefined;
  const named = { name: label(rules.label) };
  const make = (fields: Fields) =>
    act(async () => close(await post<ShownPack>('/rule-packs', contentOf(rules, fields))));
  const number = [{ pattern: NUMBER, message: t('fillIn') }];
  const numeric = { inputMode: 'decimal', autoComplete: 'off' } as const;
  return (
    <Modal
      open
      width={640}
      title={t('rulesMakeTitle', named)}
      okText={t('rulesMake')}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={() => close()}
    >
      <p className="consequence">{t('rulesMakeEffect', named)}</p>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          code: own ? rules.code : '',
          nameZh: own ? rules.label.zh : '',
          nameEn: own ? rules.label.en : '',
          since: rules.since,
          points: rules.weights?.map((weight) => weight.points),
          lower: rules.lowerBetterMissed,
          equals: rules.equals,
          zero: rules.zeroTargetMissed,
          beyond: rules.overAchieved.beyond,
          then: rules.overAchieved.then,
          causeBeyond: rules.causeBeyond,
          causeBelow: rules.causeBelowExecution,
          grades: rules.grades.map(({ from }) => from),
        }}
        onFinish={(fields) => void make(fields)}
      >
        <TextField name="code" label={t('rulesCode')} hint={t('rulesCodeHint')} autoComplete="off" />
        <div className="side-by-side">
          <TextField name="nameZh" label={t('rulesName')} autoComplete="off" />
          <TextField name="since" label={t('rulesYear')} {...numeric} />
        </div>
        <TextField name="nameEn" label={t('rulesNameEn')} required={false} autoComplete="off" />
        {rules.weights && (
          <fieldset>
            <legend>{t('rulesWeights')}</legend>
            <div className="pack-numbers">
              {rules.weights.map(({ tier }, at) => (
                <Form.Item key={tier} name={['points', at]} label={tier} rules={number} validateTrigger="onSubmit">
                  <Input inputMode="decimal" autoComplete="off" />
                </Form.Item>
              ))}
            </div>
            {sum !== undefined && sum !== '100' && (
              <p className="pack-sum" role="status">
                {t('rulesSum', { sum })}
              </p>
            )}
          </fieldset>
        )}
        <fieldset>
          <legend>{t('rulesGrades')}</legend>
          <div className="pack-numbers">
            {rules.grades.map(({ code, label: grade }, at) => (
              <Form.Item key={code} name={['grades', at]} label={grade} rules={number} validateTrigger="onSubmit">
                <Input inputMode="decimal" autoComplete="off" disabled={at === rules.grades.length - 1} />
              </Form.Item>
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend>{t('rulesScoring')}</legend>
          <Form.Item name="lower" label={t('rulesLower')}>
            <Select options={(['ratio', 'linear'] as const).map((value) => ({ value, label: t(`lower_${value}`) }))} />
          </Form.Item>
          <Form.Item name="equals" label={t('rulesEquals')}>
            <Select
              options={(['upwards', 'only_equal'] as const).map((value) => ({ value, label: t(`equals_${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="then" label={t('rulesOverThen')}>
            <Select options={(['cause', 'reduce'] as const).map((value) => ({ value, label: t(`over_${value}`) }))} />
          </Form.Item>
          <div className="pack-numbers">
            <TextField name="zero" label={t('rulesZero')} suffix="%" {...numeric} />
            <TextField name="beyond" label={t('rulesOverBeyond')} {...numeric} />
            <TextField name="causeBeyond" label={t('rulesCauseBeyond')} {...numeric} />
            <TextField name="causeBelow" label={t('rulesCauseBelow')} {...numeric} />
          </div>
        </fieldset>
        {refusal !== undefined && <Alert type="error" role="alert" title={refusal} />}
      </Form>
    </Modal>
  );
}

function contentOf(rules: RulePack, fields: Fields): RulePack {
  const { code, nameZh, nameEn, since, points, lower, equals, zero, beyond, then } = fields;
  return {
    ...rules,
    code: code.trim(),
    since: since.trim(),
    label: { zh: nameZh.trim(), en: nameEn?.trim() || nameZh.trim() },
    weights: rules.weights && rules.weights.map((weight, at) => ({ ...weight, points: points?.[at] ?? weight.points })),
    lowerBetterMissed: lower,
    equals,
    zeroTargetMissed: zero.trim(),
    overAchieved: { beyond: beyond.trim(), then },
    causeBeyond: fields.causeBeyond.trim(),
    causeBelowExecution: fields.causeBelow.trim(),
    grades: rules.grades.map((grade, at) => ({ ...grade, from: fields.grades[at] ?? grade.from })),
  };
}
