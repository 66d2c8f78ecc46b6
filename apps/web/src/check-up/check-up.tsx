import { Alert } from 'antd';
import { useState } from 'react';
import type { CheckUpView } from '../api/check-ups';
import { post, postFile } from '../api/request';
import { useWords } from '../language';
import { useAct } from '../session/use-act';
import { CheckUpForm, type Asked } from './check-up-form';
import { CheckUpResult } from './check-up-result';
import '../styles/check-up.css';
import '../texts/check-up';

/** Checks a draft report: its numbers beside what does not hold. */
export default function CheckUp() {
  const { t } = useWords();
  const { act, busy, refusal } = useAct();
  const [text, setText] = useState('');
  const [year, setYear] = useState<string>();
  const [result, setResult] = useState<{ name: string; view: CheckUpView }>();
  const check = ({ of, year: against }: Asked) =>
    act(async () => {
      const path = against === undefined ? '/check-ups' : `/check-ups?year=${against}`;
      const view =
        typeof of === 'string'
          ? await post<CheckUpView>(path, { text: of })
          : await postFile<CheckUpView>(path, of, {});
      setResult({ name: typeof of === 'string' ? t('checkPasted') : of.name, view });
    });
  return (
    <>
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} role="alert" />}
      {result ? (
        <CheckUpResult {...result} again={() => setResult(undefined)} />
      ) : (
        <CheckUpForm text={text} setText={setText} year={year} setYear={setYear} busy={busy} check={check} />
      )}
    </>
  );
}
