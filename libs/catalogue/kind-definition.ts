import type { Label } from './label';
import type { ReasonCode } from './reasons';

/** Which code an entry names its subject by. */
export type Subject = 'donor' | 'case' | 'sample';

export interface OutcomeDefinition {
  readonly code: string;
  readonly label: Label;
  /** The reasons one of which this outcome must be given with. */
  readonly reasons?: readonly ReasonCode[];
}

/** Some entries: all of a kind, or those of one outcome. */
export interface Selection {
  readonly kind: string;
  readonly outcome?: string;
}

/** What must stand for the same subject on or before the day of the entry (R5). */
export interface Guard {
  readonly on: Subject;
  readonly after?: Selection;
  /** The kind that ends the way of the subject: none of it may stand on an earlier day. */
  readonly unless?: string;
  /** The outcome of that kind with which the way goes on. */
  readonly except?: string;
  /** A donor who was listed before the ledger began, and so is in an opening tally only, passes (R6). */
  readonly orOpening?: boolean;
  /** The donor is listed on that day. */
  readonly within?: 'listed';
}

export interface KindDefinition {
  readonly code: string;
  readonly label: Label;
  readonly unit: string;
  /** The codes that an entry of this kind carries: `!` must, `?` may. */
  readonly subjects: { readonly [subject in Subject]?: '!' | '?' };
  /** Whether one entry may stand for several (quantity other than 1, without a subject): a daily tally. */
  readonly tally?: boolean;
  /** Quantities are multiples of this many of the unit; 1 unless said. */
  readonly step?: '0.5' | '0.01';
  /** The quantity is a value found out elsewhere and no count: it must be given, and 0 is a value. */
  readonly reported?: true;
  /** The largest quantity that there can be. */
  readonly atMost?: '100';
  /** At most one entry of this kind stands for one subject: a conclusion. */
  readonly once?: Subject;
  /**
   * Opening tallies are dated the registry's first day and feed stock and cumulative figures only (R6). Of those with
   * the same attributes an org has one.
   */
  readonly opening?: boolean;
  readonly outcomes?: readonly OutcomeDefinition[];
  /** Reasons for a kind without outcomes; compulsory when given. */
  readonly reasons?: readonly ReasonCode[];
  readonly attributes?: readonly AttributeDefinition[];
  readonly guards?: readonly Guard[];
}

export interface AttributeDefinition {
  readonly code: string;
  readonly label: Label;
  /**
   * `year` is one before that of the entry; `code` is written like a donor's or a sample's, `text` is free; neither
   * holds a personal number (R25). `evidence` is the code of a file that was uploaded.
   */
  readonly type: 'date' | 'year' | 'integer' | 'choice' | 'code' | 'text' | 'evidence';
  readonly choices?: readonly ChoiceDefinition[];
  /** The outcomes with which it must be given; `true`: always. */
  readonly required?: true | readonly string[];
}

export interface ChoiceDefinition {
  readonly code: string;
  readonly label: Label;
  /** What the quantity is counted in where this is chosen, if the choice decides it. */
  readonly unit?: string;
}
