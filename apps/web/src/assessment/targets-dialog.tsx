import { Alert, Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import { pathOf, type AssessmentPlace, type OpenedAssessment, type TargetsSet } from '../api/assessments';
import { post, postFile } from '../api/request';
import { useWords } from '../language';
import { useAct } from '../session/use-act';
import { useAnswered } from './use-assessment';

interface TargetsDialogProps {
  place: AssessmentPlace;
  opened: OpenedAssessment;
  /** With what has been done, if anything. */
  close: (done?: string) => void;
}

/** Targets of last year, or of a workbook in the form's own layout: looked at first, then set. */
export function TargetsDialog({ place, opened, close }: TargetsDialogProps) {
  const { t, language } = useWords();
  const { act, busy, refusal } = useAct();
  const answered = useAnswered(place);
  const chooser = useRef<HTMLInputElement>(null);
  const [look, setLook] = useState<{ from: 'last_year' | File; found: TargetsSet }>();
  const { version } = opened.record;
  const path = pathOf({ ...place, revision: undefined }, '/targets');
  const ask = (from: 'last_year' | File, dryRun: boolean) =>
    from === 'last_year'
      ? post<TargetsSet>(path, { from, dryRun, version })
      : postFile<TargetsSet>(path, from, { version: String(version), ...(dryRun && { mode: 'dry_run' }) });
  const lookAt = (from: 'last_year' | File) => {
    setLook(undefined);
    return act(async () => setLook({ from, found: await ask(from, true) }));
  };
  const set = () =>
    act(async () => {
      if (!look) return;
      const found = await ask(look.from, false);
      if (!found.done) return setLook({ from: look.from, found });
      answered();
      close(t('targetsSet', { count: found.changes.length }));
    });
  const year = String(Number(place.period.slice(0, 4)) - 1);
  const may = look !== undefined && look.found.problems.length === 0 && look.found.changes.length > 0;
  return (
    <Modal
      open
      width={720}
      title={t('targetsFrom')}
      okText={t('targetsSetNow', { count: look?.found.changes.length ?? 0 })}
      okButtonProps={{ disabled: !may, loading: busy }}
      onOk={() => void set()}
      onCancel={() => close()}
    >
      <p className="gap">{t('targetsHow')}</p>
      <div className="dialog-buttons gap">
        <Button loading={busy} onClick={() => void lookAt('last_year')}>
          {t('targetsLastYear', { year })}
        </Button>
        <Button loading={busy} onClick={() => chooser.current?.click()}>
          {t('targetsFile')}
        </Button>
        <a href={`/api${pathOf(place, '/files/form.xlsx')}`} download>
          {t('targetsLayout')}
        </a>
      </div>
      <input
        ref={chooser}
        type="file"
        style={{ display: 'none' }}
        aria-label={t('targetsFile')}
        accept=".xlsx"
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file) void lookAt(file);
        }}
      />
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} role="alert" className="gap" />}
      {look && (
        <div role="status">
          {look.found.problems.length > 0 && (
            <>
              <p className="due">{t('targetsWrong', { count: look.found.problems.length })}</p>
              <ul>
                {look.found.problems.map(({ row, column, sentence }) => (
                  <li key={`${row} ${column}`}>
                    {t('targetsCell', { cell: `${column ?? ''}${row}` })} {sentence[language]}
                  </li>
                ))}
              </ul>
            </>
          )}
          {look.found.changes.length === 0 && look.found.problems.length === 0 && <p>{t('targetsSame')}</p>}
          {look.found.changes.length > 0 && (
            <div className="scroll proposal" tabIndex={0} role="region" aria-label={t('targetsTable')}>
              <table>
                <caption className="away">{t('targetsTable')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('differenceAt')}</th>
                    <th scope="col">{t('differenceWhat')}</th>
                    <th scope="col">{t('differenceBefore')}</th>
                    <th scope="col">{t('differenceAfter')}</th>
                  </tr>
                </thead>
                <tbody>
                  {look.found.changes.map(({ code, name, what, before, after }) => (
                    <tr key={`${code} ${what}`}>
                      <th scope="row">{name}</th>
                      <td>{t(what === 'target' ? 'typedTarget' : 'typedHalfTarget')}</td>
                      <td>{before ?? '—'}</td>
                      <td>{after}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </div>
      )}
    </Modal>
  );
}
