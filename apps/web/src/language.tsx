import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Label } from '../../../libs/catalogue/label';
import { UNITS, type TextKey } from './texts';
import { asMany, fillIn, LOADED } from './texts/say';

export type Language = 'zh' | 'en';

export interface Words {
  readonly language: Language;
  /** A text of the page, filled in. */
  readonly t: (key: TextKey, fill?: Readonly<Record<string, string | number>>) => string;
  readonly label: (label: Label) => string;
  readonly name: (of: { nameZh: string; nameEn: string }) => string;
  /** A unit of the catalogue, as one says it of `amount`; of several unless said. */
  readonly unit: (unit: string, amount?: string) => string;
  readonly change: (to: Language) => void;
}

const STORED = 'marrow-ledger.language';
const TAGS: Record<Language, string> = { zh: 'zh-CN', en: 'en' };
const WordsContext = createContext<Words | null>(null);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => (localStorage.getItem(STORED) === 'en' ? 'en' : 'zh'));
  useEffect(() => {
    document.documentElement.lang = TAGS[language];
    document.title = LOADED['product']![language];
    localStorage.setItem(STORED, language);
  }, [language]);
  const words = useMemo<Words>(() => {
    const t: Words['t'] = (key, fill = {}) => fillIn(LOADED[key]![language], fill);
    return {
      language,
      t,
      label: (label) => (language === 'zh' ? label.zh : label.en.charAt(0).toUpperCase() + label.en.slice(1)),
      name: (of) => (language === 'zh' ? of.nameZh : of.nameEn),
      unit: (unit, amount = '') => {
        const said = language === 'en' ? UNITS[unit] : undefined;
        return said ? asMany(amount, said[0], said[1]) : unit;
      },
      change: setLanguage,
    };
  }, [language]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('useWords outside LanguageProvider');
  return words;
}
