import { runGit } from './run-git';

export interface GitVersion {
  text: string;
  /** Holds the fixes of CVE-2025-48384 and CVE-2025-48385, by its number: distributions may have them under an older one. */
  hasSecurityFixes: boolean;
}

/** First patch release with the fixes, by minor release of Git 2. */
const FIXED_PATCH: Readonly<Record<number, number>> = { 43: 7, 44: 4, 45: 4, 46: 4, 47: 3, 48: 2, 49: 1, 50: 1 };
const FIRST_FIXED_MINOR = 51;

export async function gitVersion(): Promise<GitVersion> {
  return parseGitVersion((await runGit(['version'])).toString());
}

export function parseGitVersion(output: string): GitVersion {
  const [text = 'unknown', major, minor, patch] = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(output) ?? [];
  const [first, second, third] = [Number(major), Number(minor), Number(patch ?? 0)];
  const isFixedInTwo = second >= FIRST_FIXED_MINOR || third >= (FIXED_PATCH[second] ?? Number.POSITIVE_INFINITY);
  return { text, hasSecurityFixes: first > 2 || (first === 2 && isFixedInTwo) };
}
