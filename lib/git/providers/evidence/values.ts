import { cleanText } from '@/lib/clean-text';
import { isBot } from '@/lib/facts/history/bots';

const LONGEST_NAME = 200;
const MOST_NAMES = 50;
/** Accounts that GitLab makes for access tokens of projects and groups. */
const TOKEN_ACCOUNT = /^(?:project|group)_\d+_bot(?:_\w+)?$/;

/** A name as a host gives it: one line, bounded, without characters that nobody sees. */
export function nameOf(text: string): string {
  const line = cleanText(text.slice(0, 4 * LONGEST_NAME).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')).trim();
  return [...line].slice(0, LONGEST_NAME).join('');
}

/** Whole seconds; null for what is no time of this world. */
export function secondsOf(time: string | number | null | undefined): number | null {
  if (time === null || time === undefined || time === '') return null;
  const seconds = Math.floor(new Date(time).getTime() / 1000);
  return Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : null;
}

export function isBotAccount(login: string): boolean {
  return isBot(login, '') || TOKEN_ACCOUNT.test(login);
}

/** At most 50 names without repeats, those of `without` left out, sorted by code unit. */
export function namesOf(names: readonly (string | null | undefined)[], without: string | null = null): string[] {
  const cleaned = names
    .flatMap((name) => (name ? [nameOf(name)] : []))
    .filter((name) => name !== '' && name !== without);
  return [...new Set(cleaned)].sort().slice(0, MOST_NAMES);
}

/** Characters of a description that are its author's: comments, and lines that a template has too, are left out. */
export function ownTextLength(
  body: string | null | undefined,
  templates: readonly (string | null | undefined)[],
): number {
  const linesOf = (text: string) => text.replace(/<!--[\s\S]*?(?:-->|$)/g, '').split(/\r?\n/);
  const known = new Set(templates.flatMap((text) => linesOf(text ?? '')).map((line) => line.trim()));
  const own = linesOf(body ?? '').filter((line) => !known.has(line.trim()));
  return own.join('\n').trim().length;
}

/** The earliest of times; null of none. */
export function firstOf(times: readonly number[]): number | null {
  return times.length === 0 ? null : Math.min(...times);
}
