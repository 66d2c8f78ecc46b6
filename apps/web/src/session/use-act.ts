import type { FormInstance } from 'antd';
import { useState } from 'react';
import { Problem } from '../api/request';
import { useProblemSentence } from '../page/failure';

interface Place {
  /** Where what is wrong with one of its fields is shown. */
  readonly form: FormInstance;
  /** The form's name of a field that the server names. */
  readonly nameOf?: (field: string) => string;
}

/** Runs what a form sends; keeps the sentence of what was refused, unless it is of a field of the form. */
export function useAct({ form, nameOf = (field) => field }: Partial<Place> = {}) {
  const say = useProblemSentence();
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);
  const act = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await work();
    } catch (error) {
      const name = error instanceof Problem && error.field !== undefined ? nameOf(error.field) : undefined;
      if (!form || name === undefined || !(name in form.getFieldsValue())) setRefusal(say(error));
      else {
        form.setFields([{ name, errors: [say(error)] }]);
        form.scrollToField(name, { block: 'center', focus: true });
      }
    } finally {
      setBusy(false);
    }
  };
  return { act, busy, refusal, refuse: setRefusal };
}
