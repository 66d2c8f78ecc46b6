import { Alert, Button, Drawer, Input } from 'antd';
import { useState } from 'react';
import { decimal, isDecimal, round } from '../../../../libs/core/decimal';
import type { BudgetFigures, FilledForm } from '../../../../libs/assessment/filled-form';
import { typedAt, type AssessmentPlace, type OpenedAssessment, type Typed } from '../api/assessments';
import { Problem } from '../api/request';
import { useWords } from '../language';
import { useAct } from '../session/use-act';
import { Conflict } from './conflict';
import { useWrite } from './use-assessment';

type Table = NonNullable<FilledForm['budgetTable']>;
const AMOUNTS = ['initial', 'adjustment', 'adjusted', 'executed'] as const;
type Field = (typeof AMOUNTS)[number] | 'name' | 'cause';
type Row = Readonly<Partial<Record<Field, string>>>;

interface BudgetDrawerProps {
  place: AssessmentPlace;
  opened: OpenedAssessment;
  table: Table;
  close: (done?: string) => void;
}

/** The rows typed, each with the rate that comes of it as one types. */
export function BudgetDrawer({ place, opened, table, close }: BudgetDrawerProps) {
  const { t } = useWords();
  const write = useWrite(place);
  const { act, busy, refusal } = useAct();
  const { filled, record } = opened;
  const [begun] = useState<Readonly<Record<string, Row>>>(() =>
    Object.fromEntries(filled.budget.map(({ code }) => [code, typedAt(record, `budget:${code}`) as BudgetFigures])),
  );
  const [rows, setRows] = useState(begun);
  const [seen, setSeen] = useState(record.version);
  const [conflict, setConflict] = useState<Typed>();
  const amounts = AMOUNTS.filter((one) => table.columns.some(({ key }) => key === one));
  const names = new Map(filled.budget.map((row) => [row.code, row]));
  const set = (code: string, field: Field, value: string) =>
    setRows((now) => ({ ...now, [code]: { ...now[code], [field]: value } }));
  const save = (from = rows, version = seen) =>
    act(async () => {
      let standing = version;
      for (const [code, row] of Object.entries(from)) {
        if (JSON.stringify(row) === JSON.stringify(begun[code])) continue;
        try {
          standing = (await write(`/budget/${encodeURIComponent(code)}`, row, standing)).record.version;
        } catch (error) {
          const [stands] = error instanceof Problem ? error.standing : [];
          if (!stands) throw error;
          setConflict(stands as Typed);
          return;
        }
      }
      close(t('assessmentSaved'));
    });
  const addRow = () => {
    const taken = new Set(Object.keys(rows));
    let number = 1;
    while (taken.has(`own-${number}`)) number += 1;
    setRows({ ...rows, [`own-${number}`]: { name: '' } });
  };
  return (
    <Drawer
      open
      size="min(720px, 100vw)"
      title={`${table.title}${t('inWan')}`}
      onClose={() => close()}
      footer={
        <div className="form-foot">
          {table.ownRows !== null && <Button onClick={addRow}>{t('budgetAddRow')}</Button>}
          <Button type="primary" loading={busy} onClick={() => void save()}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <p className="hint gap">{t('budgetHow')}</p>
      {conflict && (
        <Conflict
          standing={conflict}
          busy={busy}
          keep={() => {
            setConflict(undefined);
            setSeen(conflict.version);
            void save(rows, conflict.version);
          }}
          take={() => {
            setRows({ ...rows, [conflict.place.replace('budget:', '')]: conflict.content as Row });
            setSeen(conflict.version);
            setConflict(undefined);
          }}
        />
      )}
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} role="alert" className="gap" />}
      {Object.entries(rows).map(([code, row]) => {
        const filledRow = names.get(code);
        const name = filledRow && !filledRow.own ? filledRow.name : row.name || t('budgetOwnRow');
        const own = !filledRow || filledRow.own;
        return (
          <fieldset key={code} className="budget-row">
            <legend>
              {name}
              {filledRow?.group && <small>{filledRow.group}</small>}
            </legend>
            {own && (
              <label>
                <span>{t('budgetRowName')}</span>
                <Input value={row.name ?? ''} onChange={({ target }) => set(code, 'name', target.value)} />
              </label>
            )}
            {amounts.map((field) => (
              <label key={field}>
                <span>{table.columns.find(({ key }) => key === field)?.heading}</span>
                <Input
                  aria-label={`${name} ${table.columns.find(({ key }) => key === field)?.heading ?? ''}`}
                  inputMode="decimal"
                  autoComplete="off"
                  className="quantity-input"
                  value={row[field] ?? ''}
                  placeholder={filledRow?.[field] ?? undefined}
                  onChange={({ target }) => set(code, field, target.value)}
                />
              </label>
            ))}
            <output aria-label={t('budgetRateOf', { name })}>
              {t('budgetRate')} {rateOf(row, table) ?? filledRow?.rate ?? '—'}
            </output>
            {(filledRow?.weight || filledRow?.causeRequired || row.cause) && (
              <label className="budget-cause">
                <span>{t('typedCause')}</span>
                <Input.TextArea
                  autoSize={{ minRows: 1 }}
                  maxLength={2000}
                  value={row.cause ?? ''}
                  onChange={({ target }) => set(code, 'cause', target.value)}
                />
              </label>
            )}
          </fieldset>
        );
      })}
    </Drawer>
  );
}

/** Executed of the budget that the table is held against, as the server will print it; null while something lacks. */
function rateOf(row: Row, { basis }: Table): string | null {
  const number = (text: string | undefined) => {
    const read = (text ?? '').trim().replaceAll(',', '');
    return isDecimal(read) ? decimal(read) : null;
  };
  const initial = number(row.initial);
  const adjustment = number(row.adjustment);
  const added = initial && adjustment ? initial.plus(adjustment) : initial;
  const below = basis === 'initial' ? initial : (number(row.adjusted) ?? added);
  const above = number(row.executed);
  if (!above || !below || below.isZero()) return null;
  return `${round(above.div(below).times(100), 2)}%`;
}
