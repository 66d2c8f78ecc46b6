import type { AttributeDefinition, KindDefinition } from './kind-definition';
import { label, type Label } from './label';

/**
 * A value that is found out elsewhere and typed in, with where it is from: one object is its kind of entry and its
 * metric. The last one of a period stands for it.
 */
export interface ReportedValue {
  /** Of the metric. */
  readonly key: string;
  /** Code of the kind of entry. */
  readonly kind: string;
  readonly label: Label;
  readonly unit: string;
  /** Whether what the orgs below report adds up to their parent's, as posts do and shares do not. */
  readonly overOrgs?: true;
  /** Judged in words (健全, 及时): the value is how far it is reached, in per cent. */
  readonly judged?: true;
  /** A part of a whole, in per cent; what is held against a plan or an earlier number may exceed 100. */
  readonly partOfWhole?: true;
}

const SOURCE: AttributeDefinition = {
  code: 'source',
  label: label('数据来源', 'source'),
  type: 'text',
  required: true,
};
const EVIDENCE: AttributeDefinition = { code: 'evidence', label: label('佐证编号', 'evidence'), type: 'evidence' };
const CONCLUSION: AttributeDefinition = {
  code: 'conclusion',
  label: label('结论', 'conclusion'),
  type: 'text',
  required: true,
};

export function kindOfValue({ kind, label: name, unit, judged, partOfWhole }: ReportedValue): KindDefinition {
  const attributes = judged ? [CONCLUSION, SOURCE, EVIDENCE] : [SOURCE, EVIDENCE];
  const value = { code: kind, label: name, unit, subjects: {}, tally: true, step: '0.01', reported: true } as const;
  return { ...value, ...((judged || partOfWhole) && { atMost: '100' }), attributes };
}
