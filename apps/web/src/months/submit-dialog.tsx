import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Skeleton } from 'antd';
import { WORKLISTS } from '../../../../libs/catalogue/worklists';
import { monthCheckQuery, monthsQuery, type MonthCheck, type MonthOrg } from '../api/months';
import { statusQuery } from '../api/queries';
import { post } from '../api/request';
import { kindName } from '../entries/entry-words';
import { group, withUnit } from '../figures/format';
import { useWords } from '../language';
import { useProblemSentence } from '../page/failure';
import { useAct } from '../session/use-act';
import { useView } from '../view';
import { WAITING_UNIT } from '../workbench/waiting-unit';
import '../texts/workbench';

interface SubmitDialogProps {
  month: string;
  org: MonthOrg;
  /** Whether it is to be submitted, and not only looked at. */
  may: boolean;
  /** With what has been done, if anything. */
  close: (done?: string) => void;
}

/** What looks wrong about the month, and submitting it nevertheless. */
export function SubmitDialog({ month, org, may, close }: SubmitDialogProps) {
  const { t, label } = useWords();
  const say = useProblemSentence();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ note?: string }>();
  const { act, busy, refusal } = useAct({ form });
  const { data, error } = useQuery(monthCheckQuery(month, org.org));
  const submit = ({ note }: { note?: string }) =>
    act(async () => {
      await post(`/months/${month}/submit`, { org: org.org, note: note?.trim() || null });
      void queries.invalidateQueries({ queryKey: monthsQuery.queryKey });
      void queries.invalidateQueries(statusQuery);
      close(t('submitDone', { org: label(org.name), month }));
    });
  return (
    <Modal
      open
      title={`${label(org.name)} · ${may ? t('submitMonth', { month }) : month}`}
      okText={t('submit')}
      cancelText={may ? undefined : t('lookDone')}
      confirmLoading={busy}
      okButtonProps={{ style: may ? undefined : { display: 'none' }, disabled: !data }}
      onOk={form.submit}
      onCancel={() => close()}
    >
      {refusal !== undefined && <Alert type="error" showIcon title={refusal} role="alert" className="gap" />}
      {error ? (
        <Alert type="error" showIcon title={say(error)} role="alert" />
      ) : data ? (
        <Found check={data} month={month} may={may} />
      ) : (
        <Skeleton active />
      )}
      {may && (
        <Form form={form} layout="vertical" onFinish={(fields) => void submit(fields)}>
          <Form.Item name="note" label={t('submitNote')}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}

function Found({ check, month, may }: { check: MonthCheck; month: string; may: boolean }) {
  const words = useWords();
  const { t, label } = words;
  const view = useView();
  const { nilReturns, outliers, waiting, findings } = check;
  const found = [
    ...outliers.map((one) =>
      t('checkOutlier', {
        ...one,
        kind: kindName(one.kind, view, words),
        quantity: withUnit(one.quantity, view.kinds.get(one.kind)?.unit ?? '', words),
        median: group(one.median),
        score: group(one.score),
      }),
    ),
    ...WORKLISTS.flatMap(({ key, label: name, on }) => {
      const those = waiting.filter((one) => one.key === key);
      const sum = (of: 'waiting' | 'overdue') => those.reduce((count, one) => count + one[of], 0);
      return sum('overdue') === 0
        ? []
        : [
            t('checkWaiting', {
              list: label(name),
              waiting: group(String(sum('waiting'))),
              overdue: group(String(sum('overdue'))),
              unit: t(WAITING_UNIT[on], { count: sum('waiting') }),
            }),
          ];
    }),
    ...(findings > 0 ? [t('checkFindings', { count: findings })] : []),
  ];
  return (
    <div className="month-check">
      {found.length === 0 && (nilReturns.length === 0 || !may) ? <p>{t('checkFine')}</p> : null}
      {found.length > 0 && (
        <>
          <p>{t('foundIn', { month })}</p>
          <ul>
            {found.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
      {may && nilReturns.length > 0 && (
        <p>
          {t('submitNilReturns', {
            kinds: nilReturns.map((kind) => kindName(kind, view, words)).join(t('enumeration')),
          })}
        </p>
      )}
    </div>
  );
}
