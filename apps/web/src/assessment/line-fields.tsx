import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { decimal, isDecimal, plain, type DecimalString } from '../../../../libs/core/decimal';
import type { FilledLine, TypedLine } from '../../../../libs/assessment/filled-form';
import { rulePacksQuery, type AssessmentPlace, type OpenedAssessment, type Typed } from '../api/assessments';
import { Problem } from '../api/request';
import { useWords } from '../language';
import { useAct } from '../session/use-act';
import { Conflict } from './conflict';
import { EvidenceList } from './evidence-list';
import { useWrite } from './use-assessment';

interface LineFieldsProps {
  place: AssessmentPlace;
  opened: OpenedAssessment;
  line: FilledLine;
  /** What is typed for it as it is opened. */
  standing: TypedLine;
  done: () => void;
}

const LEVELS = ['reached', 'partly', 'not_reached'] as const;

/** What a person types for a line; nothing of it is lost when somebody else wrote first. */
export function LineFields({ place, opened, line, standing, done }: LineFieldsProps) {
  const words = useWords();
  const { t, label, language } = words;
  const { filled, record } = opened;
  const [form] = Form.useForm<TypedLine>();
  const { act, busy, refusal } = useAct({ form });
  const write = useWrite(place);
  // What the writer had before them, not what has been read since.
  const [seen, setSeen] = useState(record.version);
  const [conflict, setConflict] = useState<Typed>();
  const { data: packs } = useQuery(rulePacksQuery);
  const rules = packs?.find(
    ({ rules: one }) => one.code === record.pack.code && one.version === record.pack.version,
  )?.rules;
  const { actual, level } = (Form.useWatch([], form) ?? {}) as TypedLine;
  const worded = line.operator === 'label';
  const said = line.typed ? line.computed : line.source.kind === 'reported' ? null : line.actual;
  const written = actual?.trim() ?? '';
  const difference =
    said !== null && isDecimal(said) && isDecimal(written)
      ? plain(decimal(written).minus(decimal(said)).toFixed())
      : null;
  const differs = written !== '' && said !== null && (difference === null ? written !== said : difference !== '0');
  const band = rules?.bands.find((one) => one.level === level);
  const points = (percent: DecimalString) =>
    plain(
      decimal(line.weight ?? '0')
        .times(decimal(percent))
        .div(100)
        .toFixed(),
    );
  const save = (fields: TypedLine, version = seen) =>
    act(async () => {
      try {
        await write(`/lines/${encodeURIComponent(line.code)}`, fields, version);
      } catch (error) {
        const [stands] = error instanceof Problem ? error.standing : [];
        if (!stands) throw error;
        setConflict(stands as Typed);
        return;
      }
      done();
    });
  return (
    <Form<TypedLine>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={standing}
      onFinish={(fields) => void save(fields)}
    >
      {conflict && (
        <Conflict
          standing={conflict}
          busy={busy}
          keep={() => {
            setConflict(undefined);
            setSeen(conflict.version);
            void save(form.getFieldsValue(), conflict.version);
          }}
          take={() => {
            form.resetFields();
            form.setFieldsValue({ ...EMPTY, ...(conflict.content as TypedLine) });
            setSeen(conflict.version);
            setConflict(undefined);
          }}
        />
      )}
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} role="alert" className="gap" />}
      <Form.Item
        name="cause"
        label={t('typedCause')}
        extra={line.causeRequired && t('causeDue', { why: line.causeRequired[language] })}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} placeholder={t('typedCauseHow')} />
      </Form.Item>
      <div className="field-pair">
        <Form.Item
          name="actual"
          label={line.unit ? t('typedActualUnit', { unit: words.unit(line.unit) }) : t('typedActual')}
          extra={said === null ? undefined : t('typedActualHow', { actual: said })}
        >
          <Input autoComplete="off" inputMode={worded ? undefined : 'decimal'} className="quantity-input" />
        </Form.Item>
        <Form.Item name="source" label={t('typedSource')}>
          <Input autoComplete="off" maxLength={500} placeholder={line.source.document ?? line.source.label} />
        </Form.Item>
      </div>
      {(differs || standing.reason || line.reasonRequired) && (
        <Form.Item
          name="reason"
          label={t('typedReason')}
          extra={
            difference !== null && difference !== '0' ? t('apart', { difference }) : line.reasonRequired?.[language]
          }
        >
          <Input.TextArea autoSize={{ minRows: 1 }} maxLength={1000} />
        </Form.Item>
      )}
      {worded && line.weight !== null && (
        <div className="field-pair">
          <Form.Item name="level" label={t('typedLevel')}>
            <Select
              allowClear
              options={LEVELS.map((one) => {
                const rule = rules?.bands.find((each) => each.level === one);
                return { value: one, label: rule ? label(rule.label) : t(`level_${one}`) };
              })}
            />
          </Form.Item>
          <Form.Item
            name="score"
            label={t('typedScore')}
            extra={band && t('scoreBand', { low: points(band.to), high: points(band.from) })}
          >
            <Input autoComplete="off" inputMode="decimal" className="quantity-input" />
          </Form.Item>
        </div>
      )}
      <div className="field-pair">
        <Form.Item name="target" label={t('typedTarget')}>
          <Input autoComplete="off" maxLength={100} placeholder={line.fullTarget} />
        </Form.Item>
        {(filled.stage === 'half' || line.halfTarget !== null) && (
          <Form.Item name="halfTarget" label={t('typedHalfTarget')}>
            <Input autoComplete="off" maxLength={100} placeholder={line.halfTarget ?? '≥0'} />
          </Form.Item>
        )}
      </div>
      <Form.Item name="evidence" label={t('lineEvidence')}>
        <EvidenceList place={place} />
      </Form.Item>
      <div className="form-foot">
        <Button onClick={() => form.resetFields()}>{t('typedReset')}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('save')}
        </Button>
      </div>
    </Form>
  );
}

const EMPTY = {
  ...{ actual: undefined, level: undefined, score: undefined, reason: undefined, source: undefined },
  ...{ cause: undefined, target: undefined, halfTarget: undefined, evidence: undefined },
};
