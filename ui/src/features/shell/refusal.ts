import { useCallback } from 'react';
import { Refusal, refusalKeys } from '../../api/errors.ts';
import { type Language, translate, translateMaybe, useText } from '../../i18n/index.tsx';

/**
 * What a refusal says to a person. The application writes English for the very case; other languages say it
 * by its code and values, and where they do not know the code, as it was sent.
 */
export function refusalText(fault: Refusal, language: Language): string {
  if (fault.code === 'OFFLINE') return translate(language, 'error.offline');
  if (language === 'en') return fault.message;
  for (const key of refusalKeys(fault)) {
    const text = translateMaybe(language, key, '', fault.details);
    if (text !== '' && !/\{\w+\}/.test(text)) return text;
  }
  return fault.message;
}

/** Any fault in words: a refusal in the language of the page, anything else as it was thrown. */
export function useFaultText(): (fault: unknown) => string {
  const { language } = useText();
  return useCallback(
    (fault) => {
      if (fault instanceof Refusal) return refusalText(fault, language);
      return fault instanceof Error ? fault.message : String(fault);
    },
    [language],
  );
}
