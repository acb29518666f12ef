import { problemOf } from '@/components/api/client';
import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';

interface FieldProblem {
  field: string;
  problem: string;
  kind?: string;
  position?: number | null;
  part?: string;
}

/** What the server found wrong with a rule, by field of the rule, in the reader's words. */
export function ruleProblems(t: Messages, error: unknown): Record<string, string> {
  const { fields } = problemOf(error).details;
  if (!Array.isArray(fields)) return {};
  const problems: Record<string, string> = {};
  for (const field of fields as FieldProblem[]) {
    // `rule.paths.include.2` is a fault of `include`.
    const name = field.field
      .replace(/^rule\.?/, '')
      .replace(/^paths\.(include|exclude).*$/, '$1')
      .replace(/^(title|why|fix|message)\..*$/, '$1');
    problems[name] ??= problemText(t, field);
  }
  return problems;
}

function problemText(t: Messages, { kind, position, part = '' }: FieldProblem): string {
  const say = kind === undefined ? undefined : (t.ownRules.problems as Record<string, (part: string) => string>)[kind];
  if (!say) return t.ownRules.checkField;
  const where = position === undefined || position === null ? '' : t.ownRules.at(String(position + 1));
  return `${where}${say(part)}`;
}

export function unreadText(t: Messages, { path, reason }: { path: string; reason: string }): string {
  return t.ownRules.unread(path, textOf(t.ownRules.unreadReasons, reason) ?? reason);
}
