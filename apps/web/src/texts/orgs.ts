import { texts } from './say';

export const ORGS_TEXTS = texts({});
