import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, notification, Popconfirm, Select, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { dateInShanghai } from '../../../../libs/core/period';
import { go, useAddress } from '../address';
import { LEDGER } from '../api/ledger';
import { MOVING, statusQuery } from '../api/queries';
import { dayQuery, readDay, saveSheet, SHEET } from '../api/sheet';
import { useWords } from '../language';
import { Card } from '../page/card';
import { Failure, useProblemSentence } from '../page/failure';
import { OrgPicker } from '../page/org-picker';
import { useSession } from '../session/gate';
import { useView, type View } from '../view';
import { columnName, FIRST_COLUMNS, sheetColumns } from './sheet-columns';
import { keepDraft, NO_DRAFT, readDraftOf, type SheetDraft } from './sheet-draft';
import { SheetEffect } from './sheet-effect';
import { SheetGrid } from './sheet-grid';
import { cellOf, sheetBody } from './sheet-state';
import '../styles/sheet.css';
import '../texts/entries';
import '../texts/sheet';

const CHOSEN = 'marrow-ledger.sheet-columns';

/** The tallies of a day: orgs down, kinds across. */
export default function Sheet() {
  const words = useWords();
  const { t, label } = words;
  const view = useView();
  const address = useAddress();
  const today = dateInShanghai(new Date());
  const day = /^\d{4}-\d{2}-\d{2}$/.test(address.day ?? '') ? address.day! : today;
  const families = sheetColumns(view);
  const known = families.flatMap(({ columns }) => columns);
  const chosen = (address.columns ?? localStorage.getItem(CHOSEN) ?? FIRST_COLUMNS.join()).split(',').filter(Boolean);
  const columns = chosen.flatMap((code) => known.find((one) => one.code === code) ?? []);
  const firstDay = view.status.registry?.firstDay ?? '';
  const choose = (codes: string[]) => {
    localStorage.setItem(CHOSEN, codes.join());
    go({ columns: codes.join() || undefined }, 'replace');
  };
  return (
    <Card title={t('daySheet')} hint={t('sheetHint')} actions={<OrgPicker />}>
      <div className="sheet-head">
        <label className="sheet-field">
          <span>{t('sheetDay')}</span>
          <Input
            type="date"
            value={day}
            min={firstDay}
            max={today}
            onChange={({ target }) => target.value && go({ day: target.value }, 'replace')}
          />
        </label>
        <label className="sheet-field sheet-kinds">
          <span>{t('sheetColumns')}</span>
          <Select
            mode="multiple"
            aria-label={t('sheetColumns')}
            value={columns.map(({ code }) => code)}
            onChange={choose}
            showSearch={{ optionFilterProp: 'label' }}
            options={families.map(({ family, columns: of }) => ({
              label: label(view.catalogue.families.find(({ code }) => code === family)!.label),
              options: of.map((column) => ({ value: column.code, label: columnName(column, view, words) })),
            }))}
          />
        </label>
      </div>
      {columns.length === 0 ? (
        <div className="nothing">
          <h3>{t('sheetColumnsNone')}</h3>
          <p>{t('sheetColumnsNoneHow')}</p>
        </div>
      ) : day > today ? (
        <Alert type="warning" showIcon title={t('sheetFuture')} />
      ) : day < firstDay ? (
        <Alert type="warning" showIcon title={t('sheetBefore', { day: firstDay })} />
      ) : (
        <DaySheet key={day} day={day} columns={columns} />
      )}
    </Card>
  );
}

/** The orgs of a subtree that were open on a day, in the order of the tree. */
function orgsOf({ orgs, org }: View, day: string): string[] {
  const below = (parent: string): string[] => [
    parent,
    ...[...orgs.values()].filter((one) => one.parent === parent).flatMap((one) => below(one.org)),
  ];
  return below(org).filter((code) => {
    const closedOn = orgs.get(code)?.closedOn ?? null;
    return closedOn === null || day <= closedOn;
  });
}

function DaySheet({ day, columns }: { day: string; columns: ReturnType<typeof sheetColumns>[number]['columns'] }) {
  const { t } = useWords();
  const view = useView();
  const say = useProblemSentence();
  const { name: account } = useSession();
  const queries = useQueryClient();
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });
  const asked = dayQuery(day, view.org);
  const { data, error, refetch } = useQuery(asked);
  const [draft, setDraft] = useState<SheetDraft>(() => readDraftOf(account, day));
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [late, setLate] = useState(false);
  const [beyond, setBeyond] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => keepDraft(account, day, draft), [account, day, draft]);

  const orgs = orgsOf(view, day);
  const rowsOf = (tallies: typeof data = [], of = draft) =>
    orgs.map((org) => ({ org, cells: columns.map((column) => cellOf(org, column, of, tallies)) }));
  const rows = rowsOf(data);
  const cells = rows.flatMap((row) => row.cells);
  const fresh = cells.filter(({ does }) => does === 'logs').length;
  const corrected = cells.filter(({ does }) => does === 'corrects').length;
  const wrong = cells.filter(({ problem }) => problem !== undefined).length;
  const typed = Object.keys(draft.cells).length;
  const needsWhy = corrected > 0 || late;

  const type = (texts: ReadonlyMap<string, string>) => {
    setFailure(undefined);
    setRefused((before) => new Map([...before].filter(([key]) => !texts.has(key))));
    setDraft((before) => {
      const next = { ...before.cells };
      for (const [key, text] of texts) {
        if (text === '') delete next[key];
        else next[key] = { text, id: next[key]?.id ?? crypto.randomUUID() };
      }
      return { ...before, cells: next };
    });
  };
  const save = async () => {
    if (busy || wrong > 0) return;
    setBusy(true);
    setFailure(undefined);
    setRefused(new Map());
    try {
      // What an answer that was lost has saved already stands by now, and is not sent again.
      const tallies = await readDay(day, view.org);
      const doing = rowsOf(tallies).flatMap((row) => row.cells.filter(({ does }) => does !== 'nothing'));
      const changed = (does: string) => doing.filter((cell) => cell.does === does).length;
      if (doing.length > 0) {
        if ((changed('corrects') > 0 || late) && draft.why.trim() === '') {
          setFailure(t('justificationNeeded'));
          return;
        }
        const body = sheetBody(doing, day, draft, late);
        setDraft(body.draft);
        const taken = body.taken.length > 0 ? { justification: draft.why.trim(), entries: body.taken } : undefined;
        const answer = await saveSheet(body.entries, taken);
        if (answer.refused > 0) {
          const told = answer.results.flatMap(({ row, problem }) => {
            const cell = doing[row];
            return cell && problem && problem.code !== 'not_written' ? [{ cell, problem }] : [];
          });
          const closed = told.some(({ problem }) => problem.code === 'month_closed');
          if (closed) setLate(true);
          setRefused(new Map(told.map(({ cell, problem }) => [cell.key, problem.detail])));
          setFailure(closed ? told[0]?.problem.detail : t('sheetRefused', { count: told.length }));
          return;
        }
        toast.success({
          title: t('sheetSaved', { fresh: changed('logs'), corrected: changed('corrects') }),
        });
      }
      setDraft(NO_DRAFT);
      setLate(false);
      setBeyond([]);
    } catch (thrown) {
      setFailure(say(thrown));
    } finally {
      setBusy(false);
      void queries.invalidateQueries({ queryKey: [SHEET] });
      void queries.invalidateQueries({ queryKey: [LEDGER] });
      void queries.invalidateQueries({ queryKey: [MOVING] });
      void queries.invalidateQueries(statusQuery);
    }
  };

  if (error && !data && typed === 0) return <Failure error={error} retry={() => void refetch()} />;
  if (!data && !error) return <Skeleton active paragraph={{ rows: 8 }} />;
  return (
    <div
      onKeyDown={(event) => {
        if (!(event.ctrlKey || event.metaKey) || !['s', 'enter'].includes(event.key.toLowerCase())) return;
        event.preventDefault();
        void save();
      }}
    >
      {toasts}
      <p className="hint">{t('sheetKeys')}</p>
      <SheetGrid rows={rows} columns={columns} refused={refused} type={type} outside={setBeyond} />
      {beyond.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="gap"
          closable={{ onClose: () => setBeyond([]) }}
          title={t('sheetOutside', { count: beyond.length, what: beyond.slice(0, 20).join(t('listComma')) })}
        />
      )}
      {needsWhy && (
        <label className="sheet-field">
          <span>{t('sheetWhy')}</span>
          <Input
            value={draft.why}
            maxLength={500}
            onChange={({ target }) => setDraft({ ...draft, why: target.value })}
          />
        </label>
      )}
      {needsWhy && wrong === 0 && fresh + corrected > 0 && (
        <SheetEffect cells={cells.filter(({ does }) => does !== 'nothing')} day={day} late={late} />
      )}
      {failure !== undefined && <Alert type="error" showIcon role="alert" className="gap" title={failure} />}
      <div className="sheet-foot">
        <Button
          type="primary"
          loading={busy}
          disabled={wrong > 0 || fresh + corrected === 0}
          onClick={() => void save()}
        >
          {t('sheetSave')}
        </Button>
        {typed > 0 && (
          <Popconfirm
            title={t('sheetDropSure', { count: typed })}
            onConfirm={() => {
              setDraft(NO_DRAFT);
              setRefused(new Map());
              setFailure(undefined);
            }}
          >
            <Button>{t('sheetDrop')}</Button>
          </Popconfirm>
        )}
        <span role="status" className={wrong > 0 ? 'sheet-warns' : undefined}>
          {wrong > 0
            ? t('sheetProblems', { count: wrong })
            : fresh + corrected > 0
              ? t('sheetChanges', { fresh, corrected })
              : t('sheetNothing')}
        </span>
        <span className="hint">{t('sheetDraft')}</span>
      </div>
    </div>
  );
}
