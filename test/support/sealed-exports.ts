import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { report } from '../../apps/cli/report';
import { readBulletin } from '../../libs/reports/bulletin';
import { bulletinWorkbook } from '../../libs/reports/bulletin-workbook';
import { readIndicatorsFeed } from '../../libs/reports/indicators-feed';
import { listAsCsv } from '../../libs/reports/list-csv';
import { openListFile } from '../../libs/reports/list-file';
import { listAsWorkbook } from '../../libs/reports/list-workbook';

const LISTS = [
  { key: 'registry.recruited' },
  { key: 'registry.stock_eop' },
  { key: 'retention.revisited' },
  { key: 'rate.screen_agree', part: 'denominator' },
] as const;

/** The hash of each file that can be had of a closed month, by what it is: what nothing that comes late may change. */
export async function sealedExports(
  source: DataSource,
  registryId: number,
  month: string,
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  const keep = async (name: string, pieces: AsyncIterable<string | Buffer> | Iterable<string | Buffer>) => {
    const hash = createHash('sha256');
    for await (const piece of pieces) hash.update(piece);
    hashes[name] = hash.digest('hex');
  };
  for (const asked of LISTS) {
    const list = () => openListFile(source, { registryId, period: month, ...asked });
    await keep(`${asked.key} csv`, listAsCsv(await list()));
    await keep(`${asked.key} xlsx`, await listAsWorkbook(await list()));
  }
  for (const format of ['json', 'csv', 'table']) {
    await keep(`report ${format}`, [await report(source, { period: month, by: 'org', format, language: 'zh' })]);
  }
  for (const by of [null, 'org'] as const) {
    const feed = await readIndicatorsFeed(source, { registryId, period: month, org: 'P', by });
    await keep(`feed ${by}`, [JSON.stringify(feed)]);
  }
  const bulletin = await readBulletin(source, { registryId, demonstration: false, org: 'P', month });
  await keep('bulletin', [await bulletinWorkbook(bulletin)]);
  return hashes;
}
