/** 1-based line of the first match; 1 without one. */
export function lineOfMatch(text: string, pattern: RegExp): number {
  const at = pattern.exec(text)?.index ?? 0;
  return text.slice(0, at).split('\n').length;
}
