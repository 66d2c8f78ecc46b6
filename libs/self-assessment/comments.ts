import type { DataSource, EntityManager } from 'typeorm';
import { actOf } from '../accounts/act-of';
import { recordAct } from '../accounts/audit';
import type { Principal } from '../accounts/principal';
import type { FormDefinition } from '../assessment/forms';
import { DomainError } from '../core/domain-error';
import { checkFreeText } from '../ledger/entry-fields';
import { findPlace, type AssessmentAddress } from './address';
import type { AssessmentRow } from './assessments.queries';
import type { CommentView } from './record';
import { findComments, insertComment, resolveComment } from './steps.queries';
import { BUDGET, TASK } from './typed-form';
import { findTyped } from './typed.queries';
import { lockRecord, requireState } from './write-record';

/**
 * Adds a remark on a line, or on the whole.
 *
 * @param line a line's code, `budget:<row>`, `task:<code>`; null: the whole
 * @throws {DomainError} when there is no such line, no text, or it is frozen
 */
export async function addComment(
  source: DataSource,
  principal: Principal,
  address: AssessmentAddress,
  { line, text }: { readonly line: string | null; readonly text: string },
): Promise<CommentView> {
  const said = checkFreeText(text.trim() || null, 'text');
  if (said === null) throw wrong('text', '请写明意见。', 'Write the comment.');
  return source.transaction('READ COMMITTED', async (manager) => {
    const found = await findPlace(manager, address);
    const row = await lockRecord(manager, principal, found, 0);
    requireState(row, 'draft', 'reviewed', 'approved');
    if (line !== null) await requireItem(manager, found.form, row, line);
    const number = await insertComment(manager, row, { line, text: said, author: principal.name });
    const comment = (await findComments(manager, row)).find((one) => one.number === number);
    if (!comment) throw new Error('what was added is there');
    const detail = { org: row.org, project: row.project, revision: row.revision, number, line };
    await recordAct(manager, actOf(principal, 'assessment.comment', `${row.form} ${row.period}`, detail));
    return comment;
  });
}

/** Settles a remark. @throws {DomainError} when there is none that is open, or it is frozen */
export async function settleComment(
  source: DataSource,
  principal: Principal,
  address: AssessmentAddress,
  number: number,
): Promise<CommentView> {
  return source.transaction('READ COMMITTED', async (manager) => {
    const found = await findPlace(manager, address);
    const row = await lockRecord(manager, principal, found, 0);
    requireState(row, 'draft', 'reviewed', 'approved');
    if (!(await resolveComment(manager, row, number, principal.name))) {
      throw new DomainError('comment_unknown', {
        zh: `没有第 ${number} 号意见，或它已经解决。`,
        en: `There is no open comment number ${number}.`,
      });
    }
    const detail = { org: row.org, project: row.project, revision: row.revision, number };
    await recordAct(manager, actOf(principal, 'assessment.resolve', `${row.form} ${row.period}`, detail));
    return (await findComments(manager, row)).find((one) => one.number === number)!;
  });
}

async function requireItem(
  manager: EntityManager,
  form: FormDefinition,
  row: AssessmentRow,
  line: string,
): Promise<void> {
  const { lines, keyTasks, budget } = form;
  const known =
    lines.some(({ code }) => code === line) ||
    keyTasks.some(({ code }) => TASK + code === line) ||
    (budget?.rows ?? []).some(({ code }) => BUDGET + code === line) ||
    // A row of the office's own.
    (line.startsWith(BUDGET) && (await findTyped(manager, row)).some(({ place }) => place === line));
  if (!known) throw wrong('line', '表上没有这一项。', 'The form has no such item.');
}

function wrong(field: string, zh: string, en: string): DomainError {
  return new DomainError('field_not_readable', { zh, en }, { field });
}
