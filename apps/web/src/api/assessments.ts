import { queryOptions } from '@tanstack/react-query';
import type { FilledForm, TypedLine } from '../../../../libs/assessment/filled-form';
import type { RulePack } from '../../../../libs/assessment/rule-packs';
import type { Label } from '../../../../libs/catalogue/label';
import type { Sentence } from '../../../../libs/core/domain-error';
import { MOVING } from './queries';
import { read } from './request';

export type AssessmentState = 'draft' | 'reviewed' | 'approved' | 'frozen';
export type FileKind = 'form.xlsx' | 'report.docx' | 'data.json' | 'evidence.zip';

/** Which assessment is looked at. */
export interface AssessmentPlace {
  form: string;
  /** A year, or its first half: `2024-H1`. */
  period: string;
  org: string;
  /** Of a form of projects; else empty. */
  project: string;
  /** The latest unless said. */
  revision?: number;
}

export interface Comment {
  number: number;
  line: string | null;
  text: string;
  author: string;
  at: string;
  resolvedBy: string | null;
  resolvedAt: string | null;
}

/** What stands at a place of the form: a line's code, `budget:<row>`, `task:<code>`, `total` or `pack`. */
export interface Typed {
  place: string;
  content: unknown;
  version: number;
  writtenBy: string;
  writtenAt: string;
}

export interface StepTaken {
  number: number;
  from: AssessmentState;
  to: AssessmentState;
  note: string | null;
  actor: string;
  at: string;
}

export interface AssessmentRecord {
  /** 0 before anything was written. */
  revision: number;
  latest: number;
  state: AssessmentState;
  version: number;
  pack: { code: string; version: number; label: Label; own: boolean };
  createdBy: string | null;
  createdAt: string | null;
  makers: string[];
  typed: Typed[];
  steps: StepTaken[];
  comments: Comment[];
  files: { kind: FileKind; name: string; size: number; sha256: string }[];
  seals: { period: string; number: number; hash: string }[];
}

export interface Difference {
  place: string;
  name: string;
  what: string;
  before: string | null;
  after: string | null;
  sentence: Sentence;
}

export interface OpenedAssessment {
  address: { org: string; form: string; period: string; project: string; revision: number };
  record: AssessmentRecord;
  filled: FilledForm;
  /** Of what the form tells: sent with a step, it says which figures were looked at. */
  fingerprint: string;
  /** Of a frozen one: what would differ today. */
  differences: Difference[];
}

export interface DifferencesSince {
  revision: number;
  since: { number: number; to: AssessmentState; actor: string; at: string; revision: number } | null;
  differences: Difference[];
}

export interface ListedAssessment {
  org: string;
  form: string;
  period: string;
  project: string;
  title: Label;
  revision: number;
  state: AssessmentState;
  makers: string[];
  createdBy: string;
  lastStep: { actor: string; at: string } | null;
  progress: {
    lines: number;
    filled: number;
    actualsDue: number;
    causesDue: number;
    reasonsDue: number;
    openComments: number;
  };
}

export interface AssessmentList {
  assessments: ListedAssessment[];
  forms: { code: string; title: Label; scope: 'unit' | 'project'; pack: string; packLabel: Label | null }[];
}

export interface TargetsSet {
  changes: { code: string; name: string; what: 'target' | 'halfTarget'; before: string | null; after: string }[];
  problems: { row: number; column: string | null; code: string; sentence: Sentence }[];
  done: boolean;
  version: number;
}

export interface ShownPack {
  rules: RulePack;
  own: boolean;
  recordedBy: string | null;
  recordedAt: string | null;
}

/** A number of the report's text, and what it is from. */
export interface Citation {
  /** A line's code, `budget:<row>`, or `total`. */
  line: string;
  key: string | null;
  part?: 'numerator' | 'denominator';
  org: string | null;
  period: string | null;
}

export interface Narrative {
  paragraphs: { part: string; runs: { text: string; cite?: Citation }[] }[];
  sources: { line: string; text: string }[];
}

export interface TemplateView {
  form: string;
  own: { version: number; name: string; by: string; at: string } | null;
}

/** Where one assessment, or something of it, is found. */
export function pathOf({ form, period, org, project, revision }: AssessmentPlace, rest = ''): string {
  const query = new URLSearchParams({ org, ...(project && { project }), ...(revision && { revision: `${revision}` }) });
  return `/assessments/${encodeURIComponent(form)}/${period}${rest}${rest.includes('?') ? '&' : '?'}${query}`;
}

const ASSESSMENT = [MOVING, 'assessment'] as const;

export function assessmentsQuery(year: string) {
  return queryOptions({
    queryKey: [MOVING, 'assessments', year],
    queryFn: ({ signal }) => read<AssessmentList>('/assessments', { year }, signal),
  });
}

export function assessmentQuery(place: AssessmentPlace) {
  return queryOptions({
    queryKey: [...ASSESSMENT, place],
    queryFn: ({ signal }) => read<OpenedAssessment>(pathOf(place), {}, signal),
  });
}

export function differencesQuery(place: AssessmentPlace, since: 'step' | 'revision', version: number) {
  return queryOptions({
    queryKey: [...ASSESSMENT, 'differences', place, since, version],
    queryFn: ({ signal }) => read<DifferencesSince>(pathOf(place, `/differences?since=${since}`), {}, signal),
  });
}

export function narrativeQuery(place: AssessmentPlace, version: number) {
  return queryOptions({
    queryKey: [...ASSESSMENT, 'narrative', place, version],
    queryFn: ({ signal }) => read<Narrative>(pathOf(place, '/narrative'), {}, signal),
  });
}

export const rulePacksQuery = queryOptions({
  queryKey: ['rule-packs'],
  queryFn: async ({ signal }) => (await read<{ packs: ShownPack[] }>('/rule-packs', {}, signal)).packs,
});

export const reportTemplatesQuery = queryOptions({
  queryKey: ['report-templates'],
  queryFn: ({ signal }) => read<TemplateView[]>('/report-templates', {}, signal),
});

/** What a person typed for a line, as it stands. */
export function typedAt(record: AssessmentRecord, place: string): Readonly<Record<string, unknown>> & TypedLine {
  return (record.typed.find((one) => one.place === place)?.content ?? {}) as TypedLine & Record<string, unknown>;
}
