/** A sentence in both languages of the product; zh-CN is the users' first. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

/**
 * A refusal that a user can act on: a stable code, a sentence in both languages and, for input, the field.
 * Everything that is not a `DomainError` is a fault of the program.
 */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly sentence: Sentence,
    readonly details: { readonly field?: string; readonly [name: string]: unknown } = {},
  ) {
    super(`${sentence.zh} ${sentence.en}`);
    this.name = new.target.name;
  }
}
