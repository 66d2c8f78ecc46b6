import type { FormDefinition } from '../forms';
import { HUNAN_FORM } from './hunan-form';

/** Every form that comes with the program. */
export const FORMS: readonly FormDefinition[] = [HUNAN_FORM];

export function findForm(code: string): FormDefinition | undefined {
  return FORMS.find((form) => form.code === code);
}
