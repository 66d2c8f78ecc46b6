import { BLOOD_INDICATORS } from './blood-indicators';
import { OFFICE_INDICATORS } from './office-indicators';
import { PATHWAY_INDICATORS } from './pathway-indicators';

export const INDICATORS = [...PATHWAY_INDICATORS, ...BLOOD_INDICATORS, ...OFFICE_INDICATORS] as const;

export type IndicatorKey = (typeof INDICATORS)[number]['key'];
