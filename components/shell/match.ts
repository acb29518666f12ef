const KATAKANA_TO_HIRAGANA = 0x60;

/** Folds width, case and katakana, so that any Japanese reading or Latin spelling can match. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - KATAKANA_TO_HIRAGANA))
    .trim();
}

/** Every word of the query is part of one of the texts. */
export function matches(query: string, texts: readonly string[]): boolean {
  const folded = texts.map(fold);
  return fold(query)
    .split(/\s+/)
    .every((word) => folded.some((text) => text.includes(word)));
}
