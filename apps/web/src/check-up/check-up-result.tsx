import { CopyOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, notification, Select } from 'antd';
import { useMemo, useState } from 'react';
import { FINDING_CLASSES, type CheckUpView, type FindingClass, type ReportFinding } from '../api/check-ups';
import { useWords } from '../language';
import { Card } from '../page/card';
import { copyText } from './copy-text';
import { FindingItem, sayPlace } from './finding-item';
import { MarkedText } from './marked-text';

interface CheckUpResultProps {
  name: string;
  view: CheckUpView;
  again: () => void;
}

/** The text with its numbers marked, and beside it what does not hold. */
export function CheckUpResult({ name, view, again }: CheckUpResultProps) {
  const words = useWords();
  const { t, language } = words;
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });
  const [severity, setSeverity] = useState<ReportFinding['severity']>();
  const [of, setOf] = useState<FindingClass>();
  const [chosen, setChosen] = useState<number>();
  const { findings, numbers, year } = view;
  const shown = useMemo(
    () =>
      findings
        .map((finding, number) => ({ finding, number }))
        .filter(({ finding }) => (!severity || finding.severity === severity) && (!of || finding.class === of)),
    [findings, severity, of],
  );
  const count = (what: ReportFinding['severity']) => findings.filter((one) => one.severity === what).length;
  const classes = FINDING_CLASSES.filter((one) => findings.some((finding) => finding.class === one));
  const choose = (number: number, at: 'text' | 'list') => {
    setChosen(number);
    const id = at === 'text' ? `place-${number}` : `finding-${number}`;
    document.getElementById(id)?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    document.getElementById(id)?.focus({ preventScroll: true });
  };
  const copy = async () => {
    const lines = shown.map(({ finding }) =>
      [
        `${sayPlace(finding.place, words)} · ${t(`class_${finding.class}`)} · ${t(`finding_${finding.severity}`)}`,
        `${t('findingFound')} ${finding.found}${finding.expected === null ? '' : ` → ${t('findingExpected')} ${finding.expected}`}`,
        finding.message[language],
      ].join('\n'),
    );
    await copyText([t('reportCheckResult', { name }), ...lines].join('\n\n'));
    toast.success({ title: t('copied') });
  };
  return (
    <>
      {toasts}
      <Card
        title={t('reportCheckResult', { name })}
        hint={[
          t('checkCounts', { numbers: numbers.length, errors: count('error'), warnings: count('warning') }),
          year === null ? '' : t('checkYear', { year }),
        ]
          .filter(Boolean)
          .join(t('clause'))}
        actions={
          <div className="check-up-actions">
            {findings.length > 0 && (
              <>
                <Button icon={<CopyOutlined aria-hidden="true" />} onClick={() => void copy()}>
                  {t('copyFindings')}
                </Button>
                <Button icon={<PrinterOutlined aria-hidden="true" />} onClick={() => window.print()}>
                  {t('printFindings')}
                </Button>
              </>
            )}
            <Button onClick={again}>{t('checkAgain')}</Button>
          </div>
        }
      >
        <div className="check-up-result">
          <section aria-labelledby="report-findings" className="check-up-findings">
            <h3 id="report-findings">{t('reportFindings')}</h3>
            {findings.length === 0 ? (
              <div className="nothing">
                <h4>{t('reportCheckFine')}</h4>
                <p>{t('checkFineHow')}</p>
              </div>
            ) : (
              <>
                <div className="check-up-filter">
                  <Select
                    aria-label={t('findingSeverity')}
                    value={severity ?? ''}
                    onChange={(to: ReportFinding['severity'] | '') => setSeverity(to || undefined)}
                    options={[
                      { value: '', label: t('allSeverities') },
                      ...(['error', 'warning'] as const).map((value) => ({ value, label: t(`finding_${value}`) })),
                    ]}
                  />
                  <Select
                    aria-label={t('findingClass')}
                    value={of ?? ''}
                    onChange={(to: FindingClass | '') => setOf(to || undefined)}
                    options={[
                      { value: '', label: t('allClasses') },
                      ...classes.map((value) => ({ value, label: t(`class_${value}`) })),
                    ]}
                  />
                  <span role="status">{t('findingsShown', { shown: shown.length, all: findings.length })}</span>
                </div>
                {shown.length === 0 && <p className="none">{t('findingsNoneShown')}</p>}
                <ol>
                  {shown.map(({ finding, number }) => (
                    <FindingItem
                      key={number}
                      finding={finding}
                      number={number}
                      chosen={number === chosen}
                      show={() => choose(number, 'text')}
                    />
                  ))}
                </ol>
              </>
            )}
          </section>
          <section aria-labelledby="report-text" className="check-up-text">
            <h3 id="report-text">{t('reportText')}</h3>
            <MarkedText view={view} shown={shown} chosen={chosen} choose={(number) => choose(number, 'list')} />
          </section>
        </div>
      </Card>
    </>
  );
}
