import { Alert, Button, Form, Input, Select, TreeSelect, type FormInstance, type RefSelectProps } from 'antd';
import { useMemo, type Ref } from 'react';
import type { KindDefinition } from '../../../../libs/catalogue/kind-definition';
import { dateInShanghai } from '../../../../libs/core/period';
import { Problem } from '../api/request';
import { EffectPreview } from '../entries/effect-preview';
import { kindName } from '../entries/entry-words';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { growTree } from '../page/org-picker';
import { useView } from '../view';
import { isComplete, readDraft, type Draft } from './entry-draft';
import { GuardVoice } from './guard-voice';
import { KindFields } from './kind-fields';

interface EntryFormProps {
  form: FormInstance<Draft>;
  /** The id that the entry will have. */
  id: string;
  /** The first field, where the form is entered. */
  first: Ref<RefSelectProps>;
  /** The server's sentence, when it asks why the entry comes late. */
  justify: string | null;
  problem: unknown;
  /** What it begins with. */
  initial: Draft;
  /** Whether it takes the place of another entry, which is always said why. */
  replaces: boolean;
  changed: (draft: Draft) => void;
  send: (draft: Draft) => void;
  sendAsNew: () => void;
  /** Told what the guards refuse while one types. */
  hear: (problem: Problem) => void;
}

const FIELDS = ['kind', 'org', 'occurredOn', 'donorCode', 'caseCode', 'sampleCode', 'outcome', 'reason', 'quantity'];

/** What the guards can be asked of; the note is nothing to them. */
function askable(id: string, kind: KindDefinition | undefined, draft: Draft | undefined, late: boolean) {
  // Of a late entry the preview of its effect says the same, and more.
  if (!kind || !draft || late || !isComplete(kind, draft)) return undefined;
  return readDraft(id, kind, { ...draft, note: undefined, justification: undefined });
}

/** Where in the form a problem of the server belongs. */
export function fieldOf({ field }: Problem): string[] | undefined {
  if (field === undefined) return undefined;
  const path = field.split('.');
  return [...FIELDS, 'attributes', 'note', 'justification'].includes(path[0] ?? '') ? path : undefined;
}

export function EntryForm({ form, id, first, justify, problem, initial, replaces, ...doing }: EntryFormProps) {
  const { changed, send, sendAsNew, hear } = doing;
  const words = useWords();
  const { t, label } = words;
  const view = useView();
  const say = useProblemSentence();
  const draft = Form.useWatch([], { form, preserve: true }) as Draft | undefined;
  const kind = view.kinds.get(draft?.kind ?? '');
  const today = dateInShanghai(new Date());
  const kinds = useMemo(
    () =>
      view.catalogue.families.map((family) => ({
        label: label(family.label),
        options: family.kinds.map((code) => ({ value: code, label: kindName(code, view, words) })),
      })),
    [view, words, label],
  );
  const tree = useMemo(() => growTree(view.orgs, words), [view.orgs, words]);

  return (
    <Form<Draft>
      form={form}
      layout="vertical"
      onFinish={() => send(form.getFieldsValue(true))}
      initialValues={initial}
      onValuesChange={() => changed(form.getFieldsValue(true))}
      scrollToFirstError={{ focus: true }}
    >
      {problem !== null && (
        <Alert
          type="error"
          showIcon
          role="alert"
          className="gap"
          title={say(problem)}
          description={problem instanceof Problem && problem.code === 'unreachable' ? t('nothingLost') : undefined}
          action={
            problem instanceof Problem && problem.code === 'entry_differs' ? (
              <Button size="small" onClick={sendAsNew}>
                {t('logAsNew')}
              </Button>
            ) : undefined
          }
        />
      )}
      <Form.Item name="kind" label={t('kind')} rules={[{ required: true, message: t('kindNeeded') }]}>
        <Select
          ref={first}
          options={kinds}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('kindPlaceholder')}
          onChange={(code: string) => {
            form.resetFields(['nil', 'outcome', 'reason', 'attributes']);
            const opening = view.kinds.get(code)?.opening;
            if (opening) form.setFieldsValue({ occurredOn: view.status.registry?.firstDay });
          }}
        />
      </Form.Item>
      <div className="side-by-side">
        <Form.Item name="org" label={t('org')} rules={[{ required: true, message: t('orgNeeded') }]}>
          <TreeSelect treeData={tree} treeDefaultExpandAll showSearch={{ treeNodeFilterProp: 'title' }} />
        </Form.Item>
        <Form.Item
          name="occurredOn"
          label={t('occurredOn')}
          rules={[
            { required: true, message: t('dateNeeded') },
            {
              validator: (_, date?: string) =>
                !date || date <= today ? Promise.resolve() : Promise.reject(new Error(t('dateInFuture'))),
            },
          ]}
        >
          <Input type="date" max={today} min={view.status.registry?.firstDay} />
        </Form.Item>
      </div>
      {kind && <KindFields kind={kind} draft={draft ?? {}} />}
      {(justify !== null || replaces) && (
        <Form.Item
          name="justification"
          label={t('justification')}
          extra={justify ?? t('correctHint')}
          rules={[{ required: true, whitespace: true, message: t('justificationNeeded') }]}
        >
          <Input.TextArea rows={2} maxLength={500} autoFocus={!replaces} />
        </Form.Item>
      )}
      {!replaces && <GuardVoice input={askable(id, kind, draft, justify !== null)} hear={hear} />}
      {justify !== null && !replaces && kind && (
        <EffectPreview body={readDraft(id, kind, { ...draft, note: undefined, justification: t('effect') })} />
      )}
      <Form.Item name="note" label={t('note')} extra={t('noteHint')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
    </Form>
  );
}
