import { messageOf } from '@/lib/i18n/rule-text';
import { findRule } from '@/lib/magics/registry';
import type { Finding, Language } from '@/lib/magics/types';

export interface LineNote {
  path: string;
  startLine: number;
  endLine: number;
  level: 'failure' | 'warning' | 'notice';
  title: string;
  message: string;
}

type Ranges = Readonly<Record<string, readonly (readonly [number, number])[]>>;

const LEVELS = { critical: 'failure', high: 'failure', medium: 'warning', low: 'notice', info: 'notice' } as const;

/** A note for each finding that begins or lies on a line that changed, in the order given. */
export function buildAnnotations(findings: readonly Finding[], ranges: Ranges, language: Language): LineNote[] {
  return findings.flatMap((finding) => {
    const { path, startLine, endLine, severity, ruleId } = finding;
    if (path === null || startLine === null) return [];
    const last = endLine ?? startLine;
    const line = firstChanged(Object.hasOwn(ranges, path) ? (ranges[path] ?? []) : [], startLine, last);
    if (line === null) return [];
    const title = findRule(ruleId)?.title[language] ?? ruleId;
    return [
      { path, startLine: line, endLine: line, level: LEVELS[severity], title, message: messageOf(finding, language) },
    ];
  });
}

/** The first line of the finding that changed. */
function firstChanged(ranges: readonly (readonly [number, number])[], first: number, last: number): number | null {
  for (const [from, to] of ranges) if (from <= last && to >= first) return Math.max(from, first);
  return null;
}
