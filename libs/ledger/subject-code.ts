import type { Subject } from '../catalogue/kind-definition';

/** The field of an entry that names each subject. */
export const CODE = { donor: 'donorCode', case: 'caseCode', sample: 'sampleCode' } as const;

export const SUBJECTS = Object.keys(CODE) as Subject[];
