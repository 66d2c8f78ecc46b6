import type { Target } from '../api/answers';

export const SIGNS: Readonly<Record<Target['operator'], string>> = { ge: '≥', le: '≤', eq: '=' };
