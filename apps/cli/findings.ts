import type { DataSource } from 'typeorm';
import { findKind } from '../../libs/catalogue/kinds';
import { DomainError } from '../../libs/core/domain-error';
import { findOrgs } from '../../libs/indicators/orgs.queries';
import { readFindings, type Finding } from '../../libs/ledger/findings';
import { requireFormat } from './format';
import { theRegistry } from './office';
import { asCsv, asTable } from './table';

export interface FindingsOptions {
  readonly org?: string;
  readonly format: string;
}

const HEAD = ['日期 day', '机构 org', '种类 kind', '缺少 gap', '编号 id'];

/** The entries of imported history before which something should stand that does not. */
export async function printFindings(source: DataSource, { org, format }: FindingsOptions): Promise<string> {
  requireFormat(format, ['table', 'json', 'csv']);
  const { registryId } = await theRegistry(source);
  const orgs = await findOrgs(source.manager, registryId);
  const asked = orgs.find((one) => (org === undefined ? one.parent === null : one.org === org));
  if (!asked) {
    throw new DomainError(
      'org_unknown',
      { zh: `没有机构“${org}”。`, en: `There is no org "${org}".` },
      { field: 'org' },
    );
  }
  const findings = await everyFinding(source, { registryId, org: asked.org });
  if (format === 'json') return `${JSON.stringify(findings, null, 2)}\n`;
  const rows = findings.map(({ occurredOn, org: at, kind, gaps, id }) => ({
    occurredOn,
    org: at,
    kind: findKind(kind)?.label.zh ?? kind,
    gap: gaps.map(({ sentence }) => sentence.zh).join(''),
    id,
  }));
  if (format === 'csv') return asCsv(rows);
  if (rows.length === 0) return '没有数据质量问题。 There are no findings.\n';
  return asTable(
    HEAD,
    rows.map((row) => Object.values(row)),
  );
}

async function everyFinding(
  source: DataSource,
  scope: { readonly registryId: number; readonly org: string },
): Promise<Finding[]> {
  const all: Finding[] = [];
  let after: string | undefined;
  do {
    const page = await readFindings(source, scope, { after, limit: 1_000 });
    all.push(...page.findings);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return all;
}
