import type { EntityManager } from 'typeorm';
import type { FilledForm } from '../assessment/filled-form';
import type { RulePack } from '../assessment/rule-packs';
import { storableJson } from '../core/storable-json';
import { AT_REVISION, revisionKey, type AssessmentRow } from './assessments.queries';
import type { CommentView, SealView, StepView } from './record';
import { formOfStored } from './stored-form';

/** What stood when a step was made. */
export interface StepContent {
  readonly filled: FilledForm;
  readonly rules: RulePack;
  /** The fingerprint of the definitions that its values were computed by. */
  readonly definitions: string;
  readonly seals: readonly SealView[];
}

const STEP = `number, from_state as "from", to_state as "to", note, actor, at`;

export async function findSteps(manager: EntityManager, row: AssessmentRow): Promise<StepView[]> {
  return manager.query(`select ${STEP} from assessment_step where ${AT_REVISION} order by number`, revisionKey(row));
}

/** A step with what stood then; the last one unless a number is given. */
export async function findStep(
  manager: EntityManager,
  row: AssessmentRow,
  number: number | null,
): Promise<(StepView & StepContent) | undefined> {
  const [step] = await manager.query(
    `select ${STEP}, filled, rules, definitions, seals from assessment_step
      where ${AT_REVISION} and ($7::integer is null or number = $7) order by number desc limit 1`,
    [...revisionKey(row), number],
  );
  return step && { ...step, filled: formOfStored(step.filled) };
}

/** @returns its number */
export async function insertStep(
  manager: EntityManager,
  row: AssessmentRow,
  step: Pick<StepView, 'to' | 'note' | 'actor' | 'at'>,
  { filled, rules, definitions, seals }: StepContent,
): Promise<number> {
  const [made] = await manager.query(
    `insert into assessment_step (registry_id, org, form, period, project, revision, number, from_state, to_state, note,
        actor, at, filled, rules, definitions, seals)
      select $1, $2, $3, $4, $5, $6, coalesce(max(number), 0) + 1, $7, $8, $9, $10, $11, $12, $13, $14, $15
      from assessment_step where ${AT_REVISION}
      returning number`,
    [
      ...revisionKey(row),
      ...[row.state, step.to, step.note, step.actor, step.at],
      ...[storableJson(filled), storableJson(rules), definitions, storableJson(seals)],
    ],
  );
  return made.number;
}

const COMMENT = `number, line, text, author, at, resolved_by as "resolvedBy", resolved_at as "resolvedAt"`;

export async function findComments(manager: EntityManager, row: AssessmentRow): Promise<CommentView[]> {
  return manager.query(
    `select ${COMMENT} from assessment_comment where ${AT_REVISION} order by number`,
    revisionKey(row),
  );
}

export async function insertComment(
  manager: EntityManager,
  row: AssessmentRow,
  comment: Pick<CommentView, 'line' | 'text' | 'author'>,
): Promise<number> {
  const [made] = await manager.query(
    `insert into assessment_comment
        (registry_id, org, form, period, project, revision, number, line, text, author, at)
      select $1, $2, $3, $4, $5, $6, coalesce(max(number), 0) + 1, $7, $8, $9, clock_timestamp()
      from assessment_comment where ${AT_REVISION}
      returning number`,
    [...revisionKey(row), comment.line, comment.text, comment.author],
  );
  return made.number;
}

/** @returns whether there was such a comment that was not resolved */
export async function resolveComment(
  manager: EntityManager,
  row: AssessmentRow,
  number: number,
  by: string,
): Promise<boolean> {
  const [resolved] = await manager.query(
    `update assessment_comment set resolved_by = $8, resolved_at = clock_timestamp()
      where ${AT_REVISION} and number = $7 and resolved_at is null returning number`,
    [...revisionKey(row), number, by],
  );
  return resolved.length > 0;
}
