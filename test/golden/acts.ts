import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { EntryInput } from '../../libs/ledger/entry-input';

/** One row of entries.csv: an entry, the reversal of one, or the closing of a month (`occurredOn` is then a month). */
export interface Act {
  readonly act: 'entry' | 'reversal' | 'close';
  readonly id: string;
  readonly reverses: string;
  readonly org: string;
  readonly kind: string;
  readonly occurredOn: string;
  readonly quantity: string;
  readonly donorCode: string;
  readonly caseCode: string;
  readonly sampleCode: string;
  readonly outcome: string;
  readonly reason: string;
  /** `code=value;code=value`. */
  readonly attributes: string;
  readonly justification: string;
  readonly remark: string;
}

/** The acts of the golden year, in the order in which they were done. */
export function readActs(): Act[] {
  return parse(readFileSync(join(__dirname, 'entries.csv')), { columns: true });
}

/** The uuid that stands for a number of entries.csv. */
export function uuidOf(id: string): string {
  return `00000000-0000-4000-8000-${id.padStart(12, '0')}`;
}

export function entryOf(act: Act): EntryInput {
  const { org, kind, occurredOn, donorCode, caseCode, sampleCode, outcome, reason, quantity, justification } = act;
  const attributes = act.attributes ? attributesOf(act.attributes) : undefined;
  const codes = { donorCode, caseCode, sampleCode };
  return { id: uuidOf(act.id), org, kind, occurredOn, ...codes, outcome, reason, quantity, attributes, justification };
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(text.split(';').map((one) => one.split('=') as [string, string]));
}
