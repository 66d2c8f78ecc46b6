import type { DataSource } from 'typeorm';
import { REASONS } from '../../libs/catalogue/reasons';
import { DomainError } from '../../libs/core/domain-error';
import { readBridge, type Bridge } from '../../libs/funnel/bridge';
import { readCohort, type Cohort } from '../../libs/funnel/cohort';
import { readPeriodFunnel, type PeriodFunnel } from '../../libs/funnel/funnel';
import { findOrgs } from '../../libs/indicators/orgs.queries';
import { requireFormat } from './format';
import { theRegistry } from './office';
import { asCsv, asTable } from './table';

export interface FunnelOptions {
  readonly period: string;
  readonly org?: string;
  readonly cohort?: boolean;
  readonly bridge?: string;
  readonly asOf?: string;
  readonly format: string;
}

type Row = Readonly<Record<string, string | number | null>>;

/** The funnel of a period, that of the requests that began in it, or the bridge to one stage. */
export async function printFunnel(source: DataSource, options: FunnelOptions): Promise<string> {
  const { period, cohort, bridge, asOf, format } = options;
  requireFormat(format, ['table', 'json', 'csv']);
  if (cohort && bridge !== undefined) {
    throw new DomainError('views_exclude_each_other', {
      zh: '--cohort 和 --bridge 只能选一个。',
      en: 'Choose --cohort or --bridge, not both.',
    });
  }
  const { registryId } = await theRegistry(source);
  const question = { registryId, period, asOf, org: await theOrg(source, registryId, options.org) };
  if (bridge !== undefined) {
    const read = await readBridge(source, { ...question, stage: bridge });
    return print(read, bridgeRows(read), format);
  }
  if (cohort) {
    const read = await readCohort(source, question);
    return print(read, cohortRows(read), format);
  }
  const read = await readPeriodFunnel(source, question);
  return print(read, periodRows(read), format);
}

async function theOrg(source: DataSource, registryId: number, code: string | undefined): Promise<string> {
  const orgs = await findOrgs(source.manager, registryId);
  const org = orgs.find((one) => (code === undefined ? one.parent === null : one.org === code));
  if (org) return org.org;
  throw new DomainError(
    'org_unknown',
    { zh: `没有机构“${code}”。`, en: `There is no org "${code}".` },
    { field: 'org' },
  );
}

function print(read: object, rows: readonly Row[], format: string): string {
  if (format === 'json') return `${JSON.stringify(read, null, 2)}\n`;
  if (format === 'csv') return asCsv(rows);
  const columns = Object.keys(rows[0] ?? {});
  return asTable(
    columns.map((column) => HEAD[column] ?? column),
    rows.map((row) => columns.map((column) => String(row[column] ?? ''))),
  );
}

const HEAD: Readonly<Record<string, string>> = {
  stage: '环节 stage',
  label: '名称',
  requested: '请求 requested',
  succeeded: '同意或完成 succeeded',
  rate: '通过率 %',
  fromBefore: '与上一环节通过数之比 %',
  reached: '到达 reached',
  passed: '通过 passed',
  success: '通过率 %',
  open: '进行中',
  lost: '流失',
  waiting: '通过后等待',
  lostAfter: '通过后流失',
  held: '暂缓',
  donorSide: '捐献者方面',
  patientSide: '患者方面',
  term: '项 term',
  entries: '条数',
  value: '计入 value',
};

function periodRows({ stages }: PeriodFunnel): Row[] {
  return stages.map(({ stage, label, requested, succeeded, rate, fromBefore }) => ({
    stage,
    label: label.zh,
    requested: requested?.value ?? null,
    succeeded: succeeded.value,
    rate: rate?.value ?? null,
    fromBefore: fromBefore?.value ?? null,
  }));
}

function cohortRows({ stages }: Cohort): Row[] {
  return stages.map(({ stage, label, losses: _, fromBefore, success, windows, ...counts }) => ({
    stage,
    label: label.zh,
    reached: counts.reached,
    fromBefore: fromBefore.value,
    passed: counts.passed,
    success: success.value,
    open: counts.open,
    lost: counts.lost,
    waiting: counts.waiting,
    lostAfter: counts.lostAfter,
    held: counts.held,
    donorSide: counts.donorSide,
    patientSide: counts.patientSide,
    ...Object.fromEntries(
      windows.map(({ days, numerator, denominator }) => [`${days}d`, `${numerator}/${denominator}`]),
    ),
  }));
}

const REASON = new Map<string, string>(REASONS.map(({ code, label }) => [code, label.zh]));
const SIDE: Readonly<Record<string, string>> = { donor: '捐献者方面', patient: '患者方面' };

/** The figure last, below what adds up to it; losses by reason below theirs. */
function bridgeRows({ terms, losses, key, requested }: Bridge): Row[] {
  const rows = terms.flatMap(({ term, label, entries, value }): Row[] => [
    { term, label: label.zh, entries, value },
    ...(term === 'lost' ? losses : []).map(({ how, side, reason, cases }) => ({
      term: `lost.${how}`,
      label: `  ${[side && SIDE[side], reason && (REASON.get(reason) ?? reason)].filter(Boolean).join('：')}`,
      entries: cases,
      value: null,
    })),
  ]);
  return [...rows, { term: key, label: '等于本期数', entries: null, value: requested }];
}
