import { type Key, trimmed } from './compare-parts';

const FORM =
  /^[vV=]?(\d{1,15}(?:\.\d{1,15}){0,4})(?:-?([0-9A-Za-z][0-9A-Za-z.-]{0,150}))?(?:\+[0-9A-Za-z.+-]{0,150})?$/;

/** Semantic versions, also short ones and the four numbers of NuGet. Builds do not count. */
export function semanticKey(version: string): Key | null {
  const match = FORM.exec(version);
  if (!match?.[1]) return null;
  const numbers = trimmed(match[1].split('.').map(Number));
  if (match[2] === undefined) return [numbers, 1];
  const marks = match[2].split('.').map((mark): Key => (/^\d{1,15}$/.test(mark) ? [0, Number(mark)] : [1, mark]));
  return [numbers, 0, marks];
}

/** NuGet does not tell capitals apart. */
export function nugetKey(version: string): Key | null {
  return semanticKey(version.toLowerCase());
}
