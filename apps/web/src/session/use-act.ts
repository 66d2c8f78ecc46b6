import { useState } from 'react';
import { useProblemSentence } from '../page/failure';

/** Runs what a form sends; keeps the sentence of what was refused. */
export function useAct() {
  const say = useProblemSentence();
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);
  const act = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await work();
    } catch (error) {
      setRefusal(say(error));
    } finally {
      setBusy(false);
    }
  };
  return { act, busy, refusal, refuse: setRefusal };
}
