import { Checkbox, Form, Input, Radio, Select } from 'antd';
import type { KindDefinition } from '../../../../libs/catalogue/kind-definition';
import { reasonName } from '../entries/entry-words';
import { useWords } from '../language';
import { useView } from '../view';
import { CODE_FIELDS, namesSubject, reasonsFor, unitOf, type Draft } from './entry-draft';
import { EvidenceField } from './evidence-field';

/** The fields that an entry of this kind has. */
export function KindFields({ kind, draft }: { kind: KindDefinition; draft: Draft }) {
  const words = useWords();
  const { t, label, unit } = words;
  const view = useView();
  const reasons = reasonsFor(kind, draft);
  const named = namesSubject(kind, draft);
  return (
    <>
      {!kind.reported && (
        <Form.Item name="nil" valuePropName="checked" className="tight">
          <Checkbox>{t('nilReturn', { kind: label(kind.label) })}</Checkbox>
        </Form.Item>
      )}
      {!draft.nil && (
        <>
          {(['case', 'donor', 'sample'] as const).map((subject) => {
            const needed = kind.subjects[subject];
            if (!needed) return null;
            return (
              <Form.Item
                key={subject}
                name={CODE_FIELDS[subject]}
                label={t(`code_${subject}`)}
                rules={[{ required: needed === '!', whitespace: true, message: t('codeNeeded') }]}
              >
                <Input autoComplete="off" spellCheck={false} className="code-input" />
              </Form.Item>
            );
          })}
          {kind.outcomes && (
            <Form.Item name="outcome" label={t('outcome')} rules={[{ required: true, message: t('outcomeNeeded') }]}>
              <Radio.Group
                optionType="button"
                buttonStyle="solid"
                className="choices"
                options={kind.outcomes.map((one) => ({ value: one.code, label: label(one.label) }))}
              />
            </Form.Item>
          )}
          {reasons.length > 0 && (
            <Form.Item name="reason" label={t('reason')} rules={[{ required: true, message: t('reasonNeeded') }]}>
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                options={reasons.map((code) => ({ value: code, label: reasonName(code, view, words) }))}
              />
            </Form.Item>
          )}
          {kind.tally && (
            <Form.Item
              name="quantity"
              label={t(kind.reported ? 'value' : 'quantity')}
              extra={
                named ? t('quantityOne') : kind.step && t('quantityStep', { step: kind.step, unit: unit(kind.unit) })
              }
              rules={[
                { required: kind.reported, message: t('valueNeeded') },
                { pattern: /^\d+(\.\d+)?$/, message: t('quantityUnreadable') },
              ]}
            >
              <Input
                inputMode="decimal"
                placeholder={kind.reported ? undefined : '1'}
                suffix={unit(unitOf(kind, draft))}
                disabled={named}
                className="quantity-input"
              />
            </Form.Item>
          )}
          {kind.attributes?.map((attribute) => (
            <Form.Item
              key={attribute.code}
              name={['attributes', attribute.code]}
              label={label(attribute.label)}
              rules={[
                {
                  required: attribute.required === true || attribute.required?.includes(draft.outcome ?? ''),
                  message: t('attributeNeeded'),
                },
              ]}
            >
              {attribute.type === 'choice' ? (
                <Select
                  allowClear
                  showSearch={{ optionFilterProp: 'label' }}
                  options={attribute.choices?.map((one) => ({
                    value: one.code,
                    label: one.unit === undefined ? label(one.label) : `${label(one.label)} (${unit(one.unit)})`,
                  }))}
                />
              ) : attribute.type === 'evidence' ? (
                <EvidenceField org={draft.org} />
              ) : (
                <Input
                  type={attribute.type === 'date' ? 'date' : 'text'}
                  inputMode={attribute.type === 'integer' || attribute.type === 'year' ? 'numeric' : undefined}
                  max={attribute.type === 'date' ? draft.occurredOn : undefined}
                  maxLength={attribute.type === 'text' ? 100 : undefined}
                  className={attribute.type === 'code' ? 'code-input' : undefined}
                />
              )}
            </Form.Item>
          ))}
        </>
      )}
    </>
  );
}
