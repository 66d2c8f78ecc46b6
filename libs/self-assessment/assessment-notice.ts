import type { EntityManager } from 'typeorm';
import { findForm } from '../assessment/forms/shipped-forms';
import { stageOf, stageTitle } from '../assessment/stage-title';
import { insertNotice } from '../deliveries/deliveries.queries';
import type { MailBody } from '../deliveries/mail';
import { findFrozenData, type FrozenAddress } from './frozen-assessments.queries';

/** What a webhook is told: no figure, but where the assessment is and what its bytes are checked by. */
export interface AssessmentNotice extends FrozenAddress {
  readonly topic: 'assessments';
  readonly event: 'frozen';
  readonly at: string;
  readonly path: string;
  /** Of the bytes found there, in hexadecimal; it is their ETag too. */
  readonly sha256: string;
}

/**
 * Queues it for all who want to be told, in the transaction that freezes it: whoever is told of it, it is frozen.
 *
 * @throws when it is not frozen with its data.json
 */
export async function tellOfFrozen(manager: EntityManager, registryId: number, address: FrozenAddress): Promise<void> {
  const now = new Date();
  const { org, form, period, project, revision } = address;
  const data = await findFrozenData(manager, registryId, address);
  if (!data) throw new Error(`${feedPath(address)} is not frozen`);
  const webhook: AssessmentNotice = {
    ...{ topic: 'assessments', event: 'frozen' },
    ...{ org, form, period, project, revision },
    ...{ at: now.toISOString(), path: feedPath(address), sha256: data.sha256 },
  };
  const occasion = [form, period, org, project, revision].join(' ');
  const notice = { topic: 'assessments', occasion, org, webhook, mail: mailOf(webhook) } as const;
  await insertNotice(manager, registryId, notice, now);
}

/** Where programs read it. */
export function feedPath({ org, form, period, project, revision }: FrozenAddress): string {
  const query = new URLSearchParams({ org, ...(project === '' ? {} : { project }), revision: String(revision) });
  return `/api/feed/assessments/${encodeURIComponent(form)}/${period}?${query}`;
}

function mailOf({ org, form, period, project, revision, sha256 }: AssessmentNotice): MailBody {
  const found = findForm(form);
  const { zh, en } = found ? stageTitle(found.title, stageOf(period)) : { zh: form, en: form };
  const name = [period, org, project].filter(Boolean).join(' ');
  return {
    subject: `髓缘台账：${zh}定稿 ${name}（第 ${revision} 稿） Marrow Ledger: self-assessment frozen`,
    text: [
      `髓缘台账 · ${zh} ${name} 第 ${revision} 稿已定稿，不再变动。请登录髓缘台账查看和下载。`,
      '',
      `Marrow Ledger · The ${en}, ${name}, revision ${revision}, is frozen. Sign in to read it.`,
      '',
      `SHA-256 (data.json): ${sha256}`,
      '',
    ].join('\n'),
  };
}
