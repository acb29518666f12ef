import { type Key, trimmed } from './compare-parts';

const FORM =
  /^v?(\d{1,15}(?:\.\d{1,15}){0,3})(?:[._-]?(dev|alpha|a|beta|b|rc|patch|pl|p|stable)[._-]?(\d{0,9}(?:\.\d{1,9}){0,3}))?(?:-dev)?(?:\+\S{0,150})?$/;

const STABILITIES: Readonly<Record<string, number>> = {
  dev: 0,
  alpha: 1,
  a: 1,
  beta: 2,
  b: 2,
  rc: 3,
  stable: 4,
  patch: 5,
  pl: 5,
  p: 5,
};
const STABLE = 4;

/** Order of Composer, whose patches come after the release. */
export function composerKey(version: string): Key | null {
  const match = FORM.exec(version.trim().toLowerCase());
  if (!match?.[1]) return null;
  const numbers = trimmed(match[1].split('.').map(Number));
  const stability = match[2] === undefined ? STABLE : (STABILITIES[match[2]] ?? STABLE);
  return [numbers, stability, (match[3] ?? '').split('.').map(Number)];
}
