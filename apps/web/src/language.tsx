import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Label } from '../../../libs/catalogue/label';
import { UNITS, type TextKey } from './texts';
import { LOADED } from './texts/say';

export type Language = 'zh' | 'en';

export interface Words {
  readonly language: Language;
  /** A text of the page, `{name}` filled in. */
  readonly t: (key: TextKey, fill?: Readonly<Record<string, string | number>>) => string;
  readonly label: (label: Label) => string;
  readonly name: (of: { nameZh: string; nameEn: string }) => string;
  readonly unit: (unit: string) => string;
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
    const t: Words['t'] = (key, fill = {}) =>
      LOADED[key]![language].replace(/\{(\w+)\}/g, (_, name: string) => String(fill[name] ?? ''));
    return {
      language,
      t,
      label: (label) => (language === 'zh' ? label.zh : label.en.charAt(0).toUpperCase() + label.en.slice(1)),
      name: (of) => (language === 'zh' ? of.nameZh : of.nameEn),
      unit: (unit) => (language === 'zh' ? unit : (UNITS[unit] ?? unit)),
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
