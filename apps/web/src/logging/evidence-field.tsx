import { Button, Input, Space, Typography } from 'antd';
import { useRef, useState } from 'react';
import { postFile } from '../api/request';
import { useWords } from '../language';
import { useAct } from '../session/use-act';

interface EvidenceFieldProps {
  id?: string;
  value?: string;
  onChange?: (code: string) => void;
  /** Whose file it becomes. */
  org: string | undefined;
}

/** The code of a file of evidence: typed, or got by choosing the file. */
export function EvidenceField({ id, value, onChange, org }: EvidenceFieldProps) {
  const { t } = useWords();
  const { act, busy, refusal } = useAct();
  const [kept, setKept] = useState<{ code: string; name: string }>();
  const chooser = useRef<HTMLInputElement>(null);
  const send = (file: File) =>
    act(async () => {
      const answer = await postFile<{ code: string; name: string }>('/evidence', file, org ? { org } : {});
      setKept(answer);
      onChange?.(answer.code);
    });
  return (
    <>
      <Space.Compact block>
        <Input
          id={id}
          value={value}
          onChange={(event) => onChange?.(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          className="code-input"
        />
        <Button loading={busy} onClick={() => chooser.current?.click()}>
          {t('uploadEvidence')}
        </Button>
      </Space.Compact>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label={t('uploadEvidence')}
        accept=".pdf,.docx,.xlsx,.png,.jpg,.jpeg,.csv,.txt"
        onChange={({ target }) => {
          const file = target.files?.[0];
          // Else the same file, corrected, could not be chosen again.
          target.value = '';
          if (file) void send(file);
        }}
      />
      {refusal === undefined ? (
        <div role="status" className="hint">
          {kept && kept.code === value ? t('evidenceKept', { name: kept.name }) : t('evidenceHint')}
        </div>
      ) : (
        <Typography.Text type="danger" role="alert">
          {refusal}
        </Typography.Text>
      )}
    </>
  );
}
