import { Alert, Button, Drawer, Form, notification, type RefSelectProps } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { dateInShanghai } from '../../../../libs/core/period';
import { go } from '../address';
import { Problem } from '../api/request';
import { kindName, orgName } from '../entries/entry-words';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { useSession } from '../session/gate';
import { useView, type Beginning } from '../view';
import { readDraft, type Draft } from './entry-draft';
import { EntryForm, fieldOf } from './entry-form';
import { isBegun, keep, readKept } from './kept-draft';
import { useLogging, type Logged } from './use-logging';
import '../styles/logging.css';
import '../texts/entries';
import '../texts/logging';

interface EntryDrawerProps {
  open: boolean;
  /** What it begins with, if it was not opened empty. */
  beginning?: Beginning;
  begin: (beginning?: Beginning) => void;
  close: () => void;
}

/** The form that logs one entry. It stays, with all that was typed, until the entry is logged. */
export default function EntryDrawer({ open, beginning, begin, close }: EntryDrawerProps) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const say = useProblemSentence();
  const { name: account } = useSession();
  const [form] = Form.useForm<Draft>();
  const { log, correct, undo } = useLogging();
  const [kept] = useState(() => readKept(account));
  // One id per entry: it changes only once the entry is logged, so that sending again cannot log it twice.
  const [id, setId] = useState(() => kept.id ?? crypto.randomUUID());
  const [reversal, setReversal] = useState(() => crypto.randomUUID());
  const [restored, setRestored] = useState(() => kept.draft !== undefined && isBegun(kept.draft));
  const [problem, setProblem] = useState<unknown>(null);
  const [justify, setJustify] = useState<string | null>(null);
  const stay = useRef(false);
  const first = useRef<RefSelectProps>(null);
  const [toast, toasts] = notification.useNotification({ placement: 'bottomLeft' });
  const replaces = beginning?.replaces;
  const today = dateInShanghai(new Date());
  const usual: Draft = {
    org: view.org === view.status.root ? (kept.last?.org ?? view.org) : view.org,
    kind: kept.last?.kind,
    occurredOn: kept.lastDay === today ? kept.last?.occurredOn : today,
  };
  const [initial] = useState<Draft>(() => (restored ? { ...usual, ...kept.draft } : usual));

  const anew = (draft?: Draft) => {
    setProblem(null);
    setJustify(null);
    setRestored(false);
    setId(crypto.randomUUID());
    setReversal(crypto.randomUUID());
    keep(account, { id: undefined, draft: undefined });
    if (draft) form.setFieldsValue(BLANK);
    if (draft) form.setFieldsValue(draft);
  };
  // Once its first field can be seen, which is before the next key: what is typed right after the key N is not lost.
  useEffect(() => {
    if (open) queueMicrotask(() => first.current?.focus({ preventScroll: true }));
  }, [open]);
  const begunWith = useRef<Beginning>(undefined);
  useEffect(() => {
    if (!open || begunWith.current === beginning) return;
    // A correction that was given up is no draft of an entry.
    const givenUp = !beginning && begunWith.current?.replaces !== undefined;
    begunWith.current = beginning;
    if (beginning || givenUp) anew({ ...usual, ...beginning?.draft });
  }, [open, beginning]); // eslint-disable-line react-hooks/exhaustive-deps

  const pending = log.isPending || correct.isPending;
  const send = (draft: Draft, as: string) => {
    const kind = view.kinds.get(draft.kind ?? '');
    if (!kind || pending) return;
    setProblem(null);
    const input = readDraft(as, kind, draft);
    const settled = {
      onSuccess: (logged: Logged) => {
        const { kind: last, org, occurredOn } = draft;
        keep(account, { last: { kind: last, org, occurredOn }, lastDay: today });
        announce(logged, draft, replaces !== undefined);
        anew();
        form.resetFields(['nil', 'donorCode', 'caseCode', 'sampleCode', 'outcome', 'reason', 'quantity']);
        form.resetFields(['attributes', 'note', 'justification']);
        form.setFieldsValue({ ...BLANK, kind: last, org, occurredOn });
        if (stay.current && !replaces) first.current?.focus();
        else {
          begunWith.current = undefined;
          close();
        }
      },
      onError: hear,
    };
    if (!replaces) log.mutate(input, settled);
    else {
      const justification = draft.justification?.trim() ?? '';
      correct.mutate({ of: replaces.id, id: reversal, justification, replacement: input }, settled);
    }
  };
  const hear = (error: unknown) => {
    const field = error instanceof Problem ? fieldOf(error) : undefined;
    if (!field || !(error instanceof Problem)) setProblem(error);
    else if (field[0] === 'justification') setJustify(error.detail);
    else form.setFields([{ name: field as never, errors: [error.detail] }]);
  };
  // What the guards say while one types stands beside the form already; only what asks for a further field adds to it.
  const overhear = (error: Problem) => {
    if (error.field === 'justification') setJustify(error.detail);
  };

  const announce = ({ entry, id: logged }: Logged, draft: Draft, correction: boolean) => {
    const key = logged;
    const taken = crypto.randomUUID();
    const takeBack = () =>
      undo.mutate(
        { entry: logged, id: taken, justification: t('undoJustification') },
        {
          onSuccess: () => toast.success({ key, title: t('undone'), duration: 4 }),
          onError: (error) => toast.error({ key, title: t('undoFailed'), description: say(error), actions: again }),
        },
      );
    const again = (
      <Button size="small" onClick={takeBack}>
        {t('undo')}
      </Button>
    );
    const { kind, org, occurredOn } = draft;
    const elsewhere = !view.period.startsWith(entry.postedMonth.slice(0, 4));
    toast.success({
      key,
      title: t(correction ? 'corrected' : 'logged'),
      duration: 10,
      description: t('loggedWhat', {
        kind: kindName(entry.kind, view, words),
        org: orgName(entry.org, view, words),
        month: sayPeriod(entry.postedMonth, words),
      }),
      actions: (
        <span className="toast-actions">
          {elsewhere && (
            <Button size="small" type="link" onClick={() => go({ period: entry.postedMonth.slice(0, 4) })}>
              {t('lookThere')}
            </Button>
          )}
          {!correction && !stay.current && (
            <Button size="small" onClick={() => begin({ draft: { kind, org, occurredOn } })}>
              {t('logAnother')}
            </Button>
          )}
          {!correction && again}
        </span>
      ),
    });
  };
  const submit = (andStay: boolean) => {
    stay.current = andStay;
    form.submit();
  };

  return (
    <>
      {toasts}
      <Drawer
        open={open}
        onClose={close}
        styles={{ wrapper: open ? AT_ONCE : undefined }}
        size="min(520px, 100vw)"
        zIndex={1010}
        title={t(replaces ? 'correctEntry' : 'logEntry')}
        footer={
          <div className="form-foot">
            <span className="hint">{t('shortcuts')}</span>
            {!replaces && (
              <Button onClick={() => submit(true)} disabled={pending}>
                {t('logAndMore')}
              </Button>
            )}
            <Button type="primary" loading={pending} onClick={() => submit(false)}>
              {t(replaces ? 'correctSave' : 'logEntry')}
            </Button>
          </div>
        }
      >
        <div
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            submit(false);
          }}
        >
          {restored && !replaces && (
            <Alert
              type="info"
              className="gap"
              title={t('draftKept')}
              action={
                <Button size="small" onClick={() => anew(usual)}>
                  {t('draftDrop')}
                </Button>
              }
            />
          )}
          <EntryForm
            form={form}
            id={id}
            first={first}
            justify={justify}
            problem={problem}
            initial={initial}
            replaces={replaces !== undefined}
            changed={(draft) => {
              if (!replaces) keep(account, { id, draft });
            }}
            hear={overhear}
            send={(draft) => send(draft, id)}
            sendAsNew={() => {
              const fresh = crypto.randomUUID();
              setId(fresh);
              send(form.getFieldsValue(true), fresh);
            }}
          />
        </div>
      </Drawer>
    </>
  );
}

/** It does not slide in: a list that opens under what is typed meanwhile would open beside the page. */
const AT_ONCE = { transform: 'none', transition: 'none' } as const;

/** Every field of the form, empty. */
const BLANK: Record<keyof Draft, undefined> = {
  kind: undefined,
  org: undefined,
  occurredOn: undefined,
  nil: undefined,
  donorCode: undefined,
  caseCode: undefined,
  sampleCode: undefined,
  outcome: undefined,
  reason: undefined,
  quantity: undefined,
  attributes: undefined,
  note: undefined,
  justification: undefined,
};
