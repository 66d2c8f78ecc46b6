import type { DataSource } from 'typeorm';
import type { Label } from '../catalogue/label';
import type { MailBody } from '../deliveries/mail';
import { readWorklists } from './worklists';

/** How many wait in an org's subtree on a day, by list: counts alone, so that no code leaves the product. */
export interface WorklistsNotice {
  readonly topic: 'worklists';
  readonly org: string;
  readonly name: Label;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  readonly date: string;
  readonly lists: readonly ListNotice[];
}

/** A list in which somebody waits. Days are whole calendar days. */
export interface ListNotice {
  readonly key: string;
  readonly label: Label;
  readonly task: Label;
  readonly waiting: number;
  readonly overdue: number;
  readonly held: number;
  readonly longestDays: number;
}

/** Nothing when nobody waits. */
export async function worklistsNotice(
  source: DataSource,
  { registryId, org, name, date }: { registryId: number; org: string; name: Label; date: string },
): Promise<WorklistsNotice | null> {
  const { lists, counts } = await readWorklists(source, { registryId, org, today: date });
  const noticed = lists.flatMap(({ key, label, task }) => {
    const rows = counts.filter((count) => count.key === key);
    if (rows.length === 0) return [];
    const sum = (of: 'waiting' | 'overdue' | 'held') => rows.reduce((total, row) => total + row[of], 0);
    const longestDays = Math.max(...rows.map((row) => row.longestDays));
    return [{ key, label, task, waiting: sum('waiting'), overdue: sum('overdue'), held: sum('held'), longestDays }];
  });
  return noticed.length === 0 ? null : { topic: 'worklists', org, name, date, lists: noticed };
}

/** The notice as people read it: Chinese, then English. */
export function worklistsMail({ org, name, date, lists }: WorklistsNotice): MailBody {
  const waiting = lists.reduce((total, list) => total + list.waiting, 0);
  const overdue = lists.reduce((total, list) => total + list.overdue, 0);
  return {
    subject: `髓缘台账 ${name.zh}待办 ${date}：等待 ${waiting}，逾期 ${overdue}`,
    text: [
      `髓缘台账 · ${name.zh}（${org}）· ${date}`,
      '',
      ...lists.map(
        (list) =>
          `${list.label.zh}：等待 ${list.waiting}，逾期 ${list.overdue}，最长 ${list.longestDays} 天。请${list.task.zh}。`,
      ),
      '',
      '邮件里只有数目。是谁在等待，请登录髓缘台账，在待办清单中查看。',
      '',
      `Marrow Ledger · ${name.en} (${org}) · ${date}`,
      '',
      ...lists.map(
        (list) =>
          `${list.label.en}: ${list.waiting} waiting, ${list.overdue} overdue, longest ${list.longestDays} days. To do: ${list.task.en}.`,
      ),
      '',
      'This mail holds counts alone. Sign in to Marrow Ledger and open the worklists to see who waits.',
      '',
    ].join('\n'),
  };
}
