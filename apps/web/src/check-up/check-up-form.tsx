import { InboxOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useRef, useState } from 'react';
import { useWords } from '../language';
import { Card } from '../page/card';
import { useYears } from '../page/period-picker';

export interface Asked {
  /** A file, or pasted text. */
  of: File | string;
  /** The period of the ledger that it is held against. */
  year?: string;
}

interface CheckUpFormProps {
  text: string;
  setText: (text: string) => void;
  year: string | undefined;
  setYear: (year: string | undefined) => void;
  busy: boolean;
  check: (asked: Asked) => Promise<void>;
}

/** What is to be checked, and whether it is held against the ledger. */
export function CheckUpForm({ text, setText, year, setYear, busy, check }: CheckUpFormProps) {
  const { t } = useWords();
  const years = useYears();
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const send = (file: File | undefined) => {
    if (file) void check({ of: file, year });
  };
  return (
    <Card title={t('checkUp')} hint={t('checkUpHow')}>
      <div className="check-up-form">
        <label className="check-up-year">
          <span>{t('compareWith')}</span>
          <Select
            aria-label={t('compareWith')}
            value={year ?? ''}
            onChange={(to: string) => setYear(to || undefined)}
            options={[
              { value: '', label: t('compareNot') },
              ...years.map((one) => ({ value: one, label: t('compareYear', { year: one }) })),
            ]}
          />
        </label>
        <button
          type="button"
          className={over ? 'drop-file drop-over' : 'drop-file'}
          disabled={busy}
          onClick={() => chooser.current?.click()}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            send(event.dataTransfer.files[0]);
          }}
        >
          <InboxOutlined aria-hidden="true" />
          {busy ? t('checking') : t('dropReport')}
        </button>
        <input
          ref={chooser}
          type="file"
          style={{ display: 'none' }}
          aria-label={t('dropReport')}
          accept=".docx,.xlsx,.pdf,.txt"
          onChange={({ target }) => {
            const file = target.files?.[0];
            // Else the same file, corrected, could not be chosen again.
            target.value = '';
            send(file);
          }}
        />
        <label>
          <span>{t('pasteReport')}</span>
          <Input.TextArea
            value={text}
            placeholder={t('pasteExample')}
            autoSize={{ minRows: 6, maxRows: 16 }}
            onChange={({ target }) => setText(target.value)}
          />
        </label>
        <Button
          type="primary"
          loading={busy}
          disabled={text.trim() === ''}
          onClick={() => void check({ of: text, year })}
        >
          {t('checkNow')}
        </Button>
      </div>
    </Card>
  );
}
