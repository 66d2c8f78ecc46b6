import { texts } from './say';

export const RULES_TEXTS = texts({});
