import type { DataSource, EntityManager } from 'typeorm';
import { recordAct } from '../accounts/audit';
import { DomainError } from '../core/domain-error';
import { appendWithin, type AppendOptions } from '../ledger/append';
import { lockRegistry, takePosition } from '../ledger/append.queries';
import { reverseWithin } from '../ledger/reverse';
import { advanceImport, findPostedSteps, linkEntries, type PostedStep } from './import-post.queries';
import { dropRefusedSteps } from './import-plan.queries';
import { countImport } from './import-propose';
import { settleRows } from './import-propose.queries';
import type { Importer, ImportQuestion, ImportRecord, ImportState, KeptProblem } from './import-record';
import { ImportRefused, kept } from './import-refused';
import { keepStepProblems } from './import-shadow.queries';
import { finishImport, lockImport, updateImport } from './imports.queries';

/**
 * Posts the next batch of an accepted import in one transaction: its reversals and entries, which source they belong to,
 * how far the import has come, and its line in the audit log. Whoever was killed in between, the next call goes on.
 *
 * @returns the import's state after it
 */
export async function postBatch(
  dataSource: DataSource,
  importer: Importer,
  importId: string,
): Promise<ImportState | undefined> {
  try {
    return await dataSource.transaction('READ COMMITTED', (manager) => postNext(manager, importer, importId));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // What was proposed does not hold any more: step by step, to lose nothing but what has to be.
    return postStepByStep(dataSource, importer, importId);
  }
}

async function postNext(
  manager: EntityManager,
  importer: Importer,
  importId: string,
): Promise<ImportState | undefined> {
  const record = await lockImport(manager, importer.registryId, importId);
  if (!record || !isPosting(record)) return record?.state;
  if (record.nextBatch >= (record.batches ?? 0)) {
    // Rows may have been refused since the proposal.
    if (record.counts)
      await updateImport(manager, record, { counts: await countImport(manager, record, record.counts.returning) });
    await finishImport(manager, record, 'done');
    return 'done';
  }
  const steps = await findPostedSteps(manager, record.registryId, importId, record.nextBatch);
  if (await asks(manager, record, steps)) return 'stopped';
  const posted = await postSteps(manager, record, importer, steps);
  await conclude(manager, record, importer, posted);
  return 'posting';
}

function isPosting({ state }: ImportRecord): boolean {
  return state === 'accepted' || state === 'posting';
}

async function asks(manager: EntityManager, record: ImportRecord, steps: readonly PostedStep[]): Promise<boolean> {
  const question = await findQuestion(manager, record, steps);
  if (question) await updateImport(manager, record, { state: 'stopped', question });
  return question !== undefined;
}

/** A month that has closed since the rows were staged: they become adjustments, and somebody has to say why (R4). */
async function findQuestion(
  manager: EntityManager,
  record: ImportRecord,
  steps: readonly PostedStep[],
): Promise<ImportQuestion | undefined> {
  const openMonth = await lockRegistry(manager, record.registryId);
  if (openMonth === undefined || record.reason !== null) return undefined;
  const late = steps.flatMap(({ stated, reversal }) =>
    stated && reversal === null && stated.justification === undefined && stated.occurredOn < openMonth
      ? [stated.occurredOn.slice(0, 7)]
      : [],
  );
  const month = late.sort().at(-1);
  if (month === undefined) return undefined;
  return {
    code: 'month_closed',
    month,
    sentence: {
      zh: `${month} 已在导入期间结账，余下的行将作为调整记入 ${openMonth.slice(0, 7)}。请写明理由后继续，或取消（已写入的保留）。`,
      en: `${month} was closed meanwhile: the rows left become adjustments in ${openMonth.slice(0, 7)}. Say why to go on, or cancel (what was posted stays).`,
    },
  };
}

interface Posted {
  readonly reversed: number;
  readonly created: number;
  readonly refused: readonly { readonly step: PostedStep; readonly problem: KeptProblem }[];
}

async function postSteps(
  manager: EntityManager,
  record: ImportRecord,
  importer: Importer,
  steps: readonly PostedStep[],
): Promise<Posted> {
  const { registryId, keepGaps } = record;
  const options: AppendOptions = { registryId, actor: importer.name, source: 'import', keepGaps };
  const openMonth = (await lockRegistry(manager, registryId)) ?? '';
  const reason = record.reason ?? `按更正后的文件“${record.name}”冲销`;
  const inputOf = ({ id, stated, reversal }: PostedStep) => {
    const late = stated !== null && stated.occurredOn < openMonth && stated.justification === undefined;
    return { ...stated, id, ...(late && { justification: reversal === null ? record.reason : reason }) };
  };
  const reversals = steps.flatMap((step) =>
    step.reverses === null || step.reversal === null
      ? []
      : [
          {
            id: step.reversal,
            reverses: step.reverses,
            justification: reason,
            ...(step.id !== null && { replacement: inputOf(step) }),
          },
        ],
  );
  const fresh = steps.filter((step) => step.id !== null && step.reversal === null);
  const inputs = fresh.map(inputOf);
  const results =
    reversals.length > 0
      ? await reverseWithin(manager, reversals, options, inputs)
      : (await appendWithin(manager, inputs, options)).results;
  const refused = results.flatMap((one) => {
    const step = fresh[one.row];
    return one.status === 'refused' && step ? [{ step, problem: kept(one.problem) }] : [];
  });
  for (const step of steps) if (isOvertaken(step)) refused.push({ step, problem: kept(overtaken()) });
  const notWritten = new Set(refused.map(({ step }) => step.number));
  const written = steps.filter(({ id, number }) => id !== null && !notWritten.has(number));
  await linkEntries(
    manager,
    record,
    record.nextBatch,
    written.map(({ number }) => number),
  );
  return { reversed: reversals.length, created: written.length, refused };
}

/** Somebody else has reversed since what the row was to replace: as a new entry it might count twice. */
function isOvertaken({ id, reverses, reversal }: PostedStep): boolean {
  return id !== null && reversal !== null && reverses === null;
}

function overtaken(): ImportRefused {
  return new ImportRefused(
    'already_reversed',
    '这一行要更正的登记在导入期间已被别人冲销，没有写入。请核对台账后重新上传。',
    'Somebody has reversed meanwhile the entry that this row corrects; it was not written. See the ledger and upload the file again.',
  );
}

async function conclude(
  manager: EntityManager,
  record: ImportRecord,
  importer: Importer,
  { reversed, created, refused }: Posted,
): Promise<void> {
  const { registryId, importId, nextBatch: batch } = record;
  if (refused.length > 0) {
    await settleRows(
      manager,
      record,
      refused.flatMap(({ step: { sheet, row }, problem }) =>
        sheet === null || row === null ? [] : [{ sheet, row, breach: [problem] }],
      ),
    );
    await keepStepProblems(
      manager,
      { registryId, importId, batch },
      refused.flatMap(({ step, problem }) => (step.row === null ? [{ number: step.number, problem }] : [])),
    );
    await dropRefusedSteps(manager, record, batch);
  }
  await advanceImport(manager, record, batch, created + reversed);
  await recordAct(manager, {
    registryId,
    actor: importer.name,
    act: 'imports.post',
    thing: importId,
    org: record.org,
    address: importer.address,
    result: 'done',
    detail: { file: record.fileName, batch, created, reversed, refused: refused.length },
  });
}

/** The next batch again, each step by itself; what fails is refused with its reason, and the rest goes in. */
async function postStepByStep(
  dataSource: DataSource,
  importer: Importer,
  importId: string,
): Promise<ImportState | undefined> {
  return dataSource.transaction('READ COMMITTED', async (manager) => {
    const record = await lockImport(manager, importer.registryId, importId);
    if (!record || !isPosting(record)) return record?.state;
    const steps = await findPostedSteps(manager, record.registryId, importId, record.nextBatch);
    if (await asks(manager, record, steps)) return 'stopped';
    // A number that is taken in a savepoint is the savepoint's: the reversals would be booked to the database role.
    await takePosition(manager, record.registryId, importer.name, 'import');
    const total = { reversed: 0, created: 0, refused: [] as { step: PostedStep; problem: KeptProblem }[] };
    // Entries rest on earlier ones: what is taken back goes in the opposite order.
    let left = [...steps.filter(({ id }) => id === null).reverse(), ...steps.filter(({ id }) => id !== null)];
    // What rests on a later step gets in the next time round.
    for (let before = Infinity; left.length < before; left = total.refused.map(({ step }) => step)) {
      before = left.length;
      total.refused = [];
      for (const step of left) {
        try {
          const posted = await manager.transaction((inner) => postSteps(inner, record, importer, [step]));
          total.reversed += posted.reversed;
          total.created += posted.created;
          total.refused.push(...posted.refused);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          total.refused.push({ step, problem: kept(error) });
        }
      }
    }
    await conclude(manager, record, importer, total);
    return 'posting';
  });
}
