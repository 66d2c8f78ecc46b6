import type { FormDefinition } from '../forms';
import { checkForm } from './check-form';
import { DISTRICT_FORM } from './district-form';
import { HUNAN_FORM } from './hunan-form';
import { HUNAN_PROJECT_FORM } from './hunan-project-form';
import { JIANGSU_FORM } from './jiangsu-form';
import { STATION_FORM } from './station-form';
import { SUZHOU_FORM } from './suzhou-form';

/** Every form that comes with the program; they go through the same check as one from outside. */
export const FORMS: readonly FormDefinition[] = [
  HUNAN_FORM,
  HUNAN_PROJECT_FORM,
  JIANGSU_FORM,
  SUZHOU_FORM,
  DISTRICT_FORM,
  STATION_FORM,
].map(checkForm);

export function findForm(code: string): FormDefinition | undefined {
  return FORMS.find((form) => form.code === code);
}
