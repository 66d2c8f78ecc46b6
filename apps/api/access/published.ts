/**
 * The injection token of whether accounts whose password is published may come in: on a demonstration of the program's
 * own, which listens on this machine alone, and nowhere else.
 */
export const PUBLISHED = Symbol('published');
