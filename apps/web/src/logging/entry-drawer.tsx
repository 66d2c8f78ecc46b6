import { Button, Drawer, Form, notification, type RefSelectProps } from 'antd';
import { useRef, useState } from 'react';
import { go } from '../address';
import { Problem } from '../api/request';
import { kindName, orgName } from '../entries/entry-words';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { useView } from '../view';
import { readDraft, type Draft } from './entry-draft';
import { EntryForm, fieldOf } from './entry-form';
import { useLogging, type Logged } from './use-logging';
import '../texts/entries';
import '../texts/logging';

/** The form that logs one entry. It stays, with all that was typed, until the entry is logged. */
export default function EntryDrawer({ open, close }: { open: boolean; close: () => void }) {
  const words = useWords();
  const { t } = words;
  const view = useView();
  const say = useProblemSentence();
  const [form] = Form.useForm<Draft>();
  const { log, undo } = useLogging();
  // One id per entry: it changes only once the entry is logged, so that sending again cannot log it twice.
  const [id, setId] = useState(() => crypto.randomUUID());
  const [problem, setProblem] = useState<unknown>(null);
  const [justify, setJustify] = useState<string | null>(null);
  const stay = useRef(false);
  const first = useRef<RefSelectProps>(null);
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });

  const send = (draft: Draft, as: string) => {
    const kind = view.kinds.get(draft.kind ?? '');
    if (!kind) return;
    setProblem(null);
    log.mutate(readDraft(as, kind, draft), {
      onSuccess: (logged) => {
        announce(logged);
        setId(crypto.randomUUID());
        setJustify(null);
        form.resetFields(['nil', 'donorCode', 'caseCode', 'sampleCode', 'outcome', 'reason', 'quantity']);
        form.resetFields(['attributes', 'note', 'justification']);
        if (!stay.current) close();
      },
      onError: (error) => {
        const field = error instanceof Problem ? fieldOf(error) : undefined;
        if (!field || !(error instanceof Problem)) setProblem(error);
        else if (field[0] === 'justification') setJustify(error.detail);
        else form.setFields([{ name: field as never, errors: [error.detail] }]);
      },
    });
  };

  const announce = ({ entry, id: logged }: Logged) => {
    const key = logged;
    const reversal = crypto.randomUUID();
    const takeBack = () =>
      undo.mutate(
        { entry: logged, id: reversal, justification: t('undoJustification') },
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
    const elsewhere = !view.period.startsWith(entry.postedMonth.slice(0, 4));
    toast.success({
      key,
      title: t('logged'),
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
          {again}
        </span>
      ),
    });
  };

  return (
    <>
      {toasts}
      <Drawer
        open={open}
        onClose={close}
        afterOpenChange={(shown) => shown && first.current?.focus()}
        size="min(520px, 100vw)"
        title={t('logEntry')}
        footer={
          <div className="form-foot">
            <Button
              onClick={() => {
                stay.current = true;
                form.submit();
              }}
              disabled={log.isPending}
            >
              {t('logAndMore')}
            </Button>
            <Button
              type="primary"
              loading={log.isPending}
              onClick={() => {
                stay.current = false;
                form.submit();
              }}
            >
              {t('logEntry')}
            </Button>
          </div>
        }
      >
        <EntryForm
          form={form}
          id={id}
          first={first}
          justify={justify}
          problem={problem}
          send={(draft) => send(draft, id)}
          sendAsNew={() => {
            const fresh = crypto.randomUUID();
            setId(fresh);
            send(form.getFieldsValue(true), fresh);
          }}
        />
      </Drawer>
    </>
  );
}
