/** A fact as a sender states it. Codes only: no names, no numbers of persons, no HLA values. */
export interface EntryInput {
  /** A uuid chosen by the sender: the same id twice is the same entry (R1). */
  readonly id: string;
  readonly kind: string;
  readonly org: string;
  /** A calendar date in Asia/Shanghai, `YYYY-MM-DD`. */
  readonly occurredOn: string;
  readonly donorCode?: string | null;
  readonly caseCode?: string | null;
  readonly sampleCode?: string | null;
  readonly outcome?: string | null;
  readonly reason?: string | null;
  /** A decimal string, 1 unless said; 0 is a nil return (R10). */
  readonly quantity?: string | null;
  readonly attributes?: Readonly<Record<string, string>> | null;
  readonly note?: string | null;
  /** Why it is posted to a later month than it happened in, or reverses another entry. */
  readonly justification?: string | null;
}
