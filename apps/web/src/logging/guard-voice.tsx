import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { EntryInput } from '../api/answers';
import { post, Problem } from '../api/request';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';

const PAUSE = 500;

interface GuardVoiceProps {
  /** What would be sent; nothing while something is still to be filled in. */
  input: EntryInput | undefined;
  /** Told what saving would be refused for. */
  hear: (problem: Problem) => void;
}

/** Says while one types whether the entry would be taken, and why not. */
export function GuardVoice({ input, hear }: GuardVoiceProps) {
  const words = useWords();
  const { t } = words;
  const text = input === undefined ? undefined : JSON.stringify(input);
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  const asked = settled !== undefined && settled === text ? settled : undefined;
  const { data, error } = useQuery({
    queryKey: ['guards', asked],
    queryFn: () =>
      post<{ entries: { postedMonth: string; adjustment: boolean }[] }>('/entries/preview', JSON.parse(asked ?? '')),
    enabled: asked !== undefined,
    retry: false,
    staleTime: 10_000,
  });
  useEffect(() => {
    if (error instanceof Problem && error.code !== 'unreachable') hear(error);
  }, [error]); // eslint-disable-line react-hooks/exhaustive-deps
  if (text === undefined) return null;
  const [entry] = asked === undefined ? [] : (data?.entries ?? []);
  const refused = asked !== undefined && error instanceof Problem && error.code !== 'unreachable' ? error : undefined;
  return (
    <p role="status" className={`guard-voice ${refused ? 'guard-refuses' : entry ? 'guard-fine' : ''}`}>
      {refused
        ? refused.detail
        : entry
          ? t(entry.adjustment ? 'guardAdjusts' : 'guardFine', { month: sayPeriod(entry.postedMonth, words) })
          : error
            ? ''
            : t('guardAsking')}
    </p>
  );
}
