import type { Label } from '../catalogue/label';

export type AssessmentState = 'draft' | 'reviewed' | 'approved' | 'frozen';

/** A change of state; going back to `draft` is a return. */
export interface StepView {
  readonly number: number;
  readonly from: AssessmentState;
  readonly to: AssessmentState;
  readonly note: string | null;
  readonly actor: string;
  readonly at: Date;
}

export interface CommentView {
  readonly number: number;
  /** A line's code, `budget:<row>` or `task:<code>`; null: the whole. */
  readonly line: string | null;
  readonly text: string;
  readonly author: string;
  readonly at: Date;
  readonly resolvedBy: string | null;
  readonly resolvedAt: Date | null;
}

export const FILE_KINDS = ['form.xlsx', 'report.docx', 'data.json', 'evidence.zip'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export interface FileView {
  readonly kind: FileKind;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** What stands at a place of the form: a line's code, `budget:<row>`, `task:<code>` or `pack`. */
export interface TypedView {
  readonly place: string;
  /** As it was sent. */
  readonly content: unknown;
  /** The record's version that it made. */
  readonly version: number;
  readonly writtenBy: string;
  readonly writtenAt: Date;
}

/** A seal that stood at a step. */
export interface SealView {
  readonly period: string;
  readonly number: number;
  readonly hash: string;
}

export interface PackView {
  readonly code: string;
  readonly version: number;
  readonly label: Label;
  /** Made by the office. */
  readonly own: boolean;
}

/** What is kept of an assessment beside its form. Before anything was written: revision 0, version 0, a draft. */
export interface AssessmentRecord {
  readonly revision: number;
  /** The latest revision that there is: it alone is written. */
  readonly latest: number;
  readonly state: AssessmentState;
  /** Goes up with every write; sent with the next one. */
  readonly version: number;
  readonly pack: PackView;
  readonly createdBy: string | null;
  readonly createdAt: Date | null;
  /** Who typed into this revision, and so neither reviews nor approves it. */
  readonly makers: readonly string[];
  readonly typed: readonly TypedView[];
  readonly steps: readonly StepView[];
  readonly comments: readonly CommentView[];
  readonly files: readonly FileView[];
  /** Of a frozen one: the seals that it rests on. */
  readonly seals: readonly SealView[];
}
