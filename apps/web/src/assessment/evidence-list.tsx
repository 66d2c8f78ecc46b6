import { DeleteOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef } from 'react';
import { pathOf, type AssessmentPlace } from '../api/assessments';
import { postFile } from '../api/request';
import { useWords } from '../language';
import { useAct } from '../session/use-act';

interface EvidenceListProps {
  place: AssessmentPlace;
  value?: readonly string[];
  onChange?: (codes: readonly string[]) => void;
}

/** The files that prove a line: kept as they are chosen, named on the line when it is saved. */
export function EvidenceList({ place, value = [], onChange }: EvidenceListProps) {
  const { t } = useWords();
  const { act, busy, refusal } = useAct();
  const chooser = useRef<HTMLInputElement>(null);
  const send = (file: File) =>
    act(async () => {
      const path = pathOf({ ...place, revision: undefined }, '/evidence');
      const { code } = await postFile<{ code: string }>(path, file, {});
      onChange?.([...new Set([...value, code])]);
    });
  return (
    <div className="evidence-list">
      <ul>
        {value.map((code) => (
          <li key={code}>
            <a href={`/api/evidence/${code}`} download>
              {code}
            </a>
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined aria-hidden="true" />}
              aria-label={t('evidenceRemove', { code })}
              onClick={() => onChange?.(value.filter((one) => one !== code))}
            />
          </li>
        ))}
      </ul>
      <Button icon={<UploadOutlined aria-hidden="true" />} loading={busy} onClick={() => chooser.current?.click()}>
        {t('uploadEvidence')}
      </Button>
      <input
        ref={chooser}
        type="file"
        style={{ display: 'none' }}
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
        <div className="hint">{t('evidenceHint')}</div>
      ) : (
        <div role="alert" className="due">
          {refusal}
        </div>
      )}
    </div>
  );
}
