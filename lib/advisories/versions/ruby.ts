import type { Key } from './compare-parts';

/** Order of Gem::Version: words come before numbers, so that any word makes a pre-release. */
export function rubyKey(version: string): Key | null {
  const text = version.trim().replace(/-/g, '.pre.');
  if (text.length > 150 || !/^\d+(?:\.[0-9A-Za-z]+)*$/.test(text)) return null;
  const segments = text.match(/\d{1,15}|[A-Za-z]+/g) ?? [];
  const firstWord = segments.findIndex((segment) => /^[A-Za-z]/.test(segment));
  const isZero = (segment: string | undefined) => segment !== undefined && /^0+$/.test(segment);
  const numbers = segments.slice(0, firstWord < 0 ? undefined : firstWord);
  while (isZero(numbers.at(-1))) numbers.pop();
  const rest = firstWord < 0 ? [] : segments.slice(firstWord);
  while (isZero(rest.at(-1))) rest.pop();
  // The end of the shorter list counts as zero: after a word, before a number.
  const marked = [...numbers, ...rest].map(
    (segment): Key => (/^\d/.test(segment) ? [1, Number(segment)] : [0, segment]),
  );
  return [...marked, [1, 0]];
}
