import { CATALOGS, type Language, type TextKey, translate } from '../../i18n/index.tsx';

type Pattern = { key: TextKey; sentence: RegExp };

let patterns: readonly Pattern[] | null = null;

/** The engine's sentences about faults, by what stands still in them; the longest first, for some begin alike. */
function sentences(): readonly Pattern[] {
  patterns ??= Object.entries(CATALOGS.en)
    .flatMap(([key, text]) => (key.startsWith('fault.') && typeof text === 'string' ? [{ key, text }] : []))
    .sort((a, b) => b.text.length - a.text.length)
    .map(({ key, text }) => {
      const plain = text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>.+)');
      return { key: key as TextKey, sentence: new RegExp(`^${plain}$`, 's') };
    });
  return patterns;
}

/** What is wrong, in the reader's language; a sentence the catalog does not know, as the engine says it. */
export function faultText(message: string, language: Language): string {
  if (language === 'en') return message;
  for (const { key, sentence } of sentences()) {
    const hit = sentence.exec(message);
    if (hit) return translate(language, key, { ...hit.groups });
  }
  return message;
}
