import { InboxOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Radio, Select, TreeSelect } from 'antd';
import { useRef, useState, type DragEvent } from 'react';
import { go } from '../address';
import type { Import } from '../api/imports';
import { IMPORTS } from '../api/queries';
import { postFile } from '../api/request';
import { kindName } from '../entries/entry-words';
import { useWords } from '../language';
import { Card } from '../page/card';
import { growTree } from '../page/org-picker';
import { useAct } from '../session/use-act';
import { useSession } from '../session/gate';
import { useView } from '../view';

const STORED = 'marrow-ledger.import';
const FORMATS = '.xlsx,.xlsm,.csv,.txt,.ndjson,.jsonl';

interface Ways {
  kind?: string;
  org?: string;
  mode: Import['mode'];
}

/** What was chosen for the last file. */
function lastWays(): Ways {
  try {
    return { mode: 'good_rows', ...JSON.parse(localStorage.getItem(STORED) ?? '{}') };
  } catch {
    return { mode: 'good_rows' };
  }
}

/** Where a file is dropped, with what is to be known of it first. */
export function ImportBegin() {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const session = useSession();
  const queries = useQueryClient();
  const { act, busy, refusal } = useAct();
  const [ways, setWays] = useState(lastWays);
  const [gaps, setGaps] = useState(false);
  const [over, setOver] = useState(false);
  const [name, setName] = useState('');
  const chooser = useRef<HTMLInputElement>(null);
  const kind = ways.kind !== undefined && view.kinds.has(ways.kind) ? ways.kind : undefined;
  const org = ways.org !== undefined && view.orgs.has(ways.org) ? ways.org : session.org;
  const tree = growTree(view.orgs, words);
  const whole = view.orgs.get(session.org)?.level === 'registry';
  const choose = (change: Partial<Ways>) => {
    const chosen = { ...ways, ...change };
    setWays(chosen);
    localStorage.setItem(STORED, JSON.stringify(chosen));
  };
  const send = (file: File) =>
    act(async () => {
      setName(file.name);
      const fields = { org, mode: ways.mode, ...(kind && { kind }), ...(gaps && { keepGaps: 'true' }) };
      const { importId } = await postFile<Import>('/imports', file, fields);
      void queries.invalidateQueries({ queryKey: [IMPORTS] });
      go({ file: importId });
    });
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file && !busy) void send(file);
  };
  return (
    <Card title={t('importPage')} hint={t('importHint')}>
      <div className="import-ways">
        <label className="import-kind">
          <span>{t('importWhat')}</span>
          <Select
            aria-label={t('importWhat')}
            value={kind ?? ''}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(code: string) => choose({ kind: code || undefined })}
            options={[
              { value: '', label: t('importAnyKind') },
              ...view.catalogue.families.map((family) => ({
                label: words.label(family.label),
                options: family.kinds.map((code) => ({ value: code, label: kindName(code, view, words) })),
              })),
            ]}
          />
          {kind ? (
            <a href={`/api/imports/templates/${kind}.xlsx`} download>
              {t('importTemplateOf', { kind: kindName(kind, view, words) })}
            </a>
          ) : (
            <small>{t('importTemplateHint')}</small>
          )}
        </label>
        {view.orgs.size > 1 && (
          <label>
            <span>{t('importOrg')}</span>
            <TreeSelect
              aria-label={t('importOrg')}
              value={org}
              treeData={tree.length > 0 ? tree : growTree(view.orgs, words, view.orgs.get(session.org)?.parent ?? null)}
              treeDefaultExpandAll
              showSearch={{ treeNodeFilterProp: 'title' }}
              onChange={(to: string) => choose({ org: to })}
            />
          </label>
        )}
        <div role="group" aria-label={t('importMode')} className="import-mode">
          <span>{t('importMode')}</span>
          <Radio.Group
            value={ways.mode}
            onChange={({ target }) => choose({ mode: target.value })}
            options={(['good_rows', 'all_or_nothing'] as const).map((value) => ({
              value,
              label: t(`importMode_${value}`),
            }))}
          />
          {whole && (
            <>
              <Checkbox checked={gaps} onChange={({ target }) => setGaps(target.checked)}>
                {t('importGaps')}
              </Checkbox>
              {gaps && <small>{t('importGapsHint')}</small>}
            </>
          )}
        </div>
      </div>
      <div
        className={over ? 'import-drop import-over' : 'import-drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <InboxOutlined aria-hidden="true" />
        <p>
          {t('importDrop')}{' '}
          <Button type="primary" loading={busy} onClick={() => chooser.current?.click()}>
            {t('importChoose')}
          </Button>
        </p>
        <p className="hint" role="status">
          {busy ? t('importUploading', { name }) : t('importFormats')}
        </p>
        <input
          ref={chooser}
          type="file"
          hidden
          aria-label={t('importChoose')}
          accept={FORMATS}
          onChange={({ target }) => {
            const file = target.files?.[0];
            // Else the same file, corrected, could not be chosen again.
            target.value = '';
            if (file) void send(file);
          }}
        />
      </div>
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} className="import-alert" />}
    </Card>
  );
}
