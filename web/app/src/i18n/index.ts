import i18n from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { en } from './en';
import { fr } from './fr';

export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

const remembered = 'parc.language';

/**
 * The language to begin with: the one chosen before, else the first of the
 * browser's that parc speaks, else French.
 */
export function firstLanguage(stored: string | null, preferred: readonly string[]): Language {
  const spoken = [stored ?? '', ...preferred].map((tag) => tag.slice(0, 2).toLowerCase());
  return spoken.find(isLanguage) ?? 'fr';
}

function isLanguage(tag: string): tag is Language {
  return (languages as readonly string[]).includes(tag);
}

export async function startI18n(language = firstLanguage(localStorage.getItem(remembered), navigator.languages)) {
  i18n.on('languageChanged', (now) => {
    document.documentElement.lang = now;
  });
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, fr: { translation: fr } },
    // React escapes what it shows: escaping here would show &lt; to people.
    interpolation: { escapeValue: false },
  });
}

/** The language that people read now, and how to change it. */
export function useLanguage(): { language: Language; choose: (language: Language) => void } {
  const { i18n: current } = useTranslation();
  const language = isLanguage(current.language) ? current.language : 'fr';
  return {
    language,
    choose: (next) => {
      localStorage.setItem(remembered, next);
      void current.changeLanguage(next);
    },
  };
}

export { i18n };
