import type { CommentFact, IgnoreCommentFact } from '@/lib/magics/facts/code';
import { isReason, isRuleId } from '@/lib/magics/repository-settings';
import { toPrintable } from '../text/printable';

const DIRECTIVE = /^elder-ignore(?<file>-file)?(?![\w-])(?<rest>.*)$/s;
/** Below it a comment is no longer at the head of its file, however long the licence is. */
const HEAD_LINES = 40;
const MAX_RULES = 10;
/** Of one commit. */
const MAX_ROWS = 1_000;
const MAX_REASON = 300;
const MAX_RULE_ID = 100;

/** `elder-ignore <rule>, <rule> -- <reason>` and `elder-ignore-file …` at the beginning of comments. */
export function findIgnoreComments(comments: readonly CommentFact[]): IgnoreCommentFact[] {
  const rows: IgnoreCommentFact[] = [];
  for (const { path, role, line, endLine, text } of comments) {
    if (!text.startsWith('elder-ignore')) continue;
    const groups = DIRECTIVE.exec(text)?.groups;
    if (!groups) continue;
    const scope = groups.file ? 'file' : 'line';
    const { ruleIds, reason } = readRest(groups.rest ?? '');
    for (const ruleId of ruleIds) {
      const row = { path, role, line, endLine, scope, ruleId, reason } as const;
      rows.push({ ...row, problem: rows.length >= MAX_ROWS ? 'too-many' : problemOf(row) });
      if (rows.length > MAX_ROWS) return rows;
    }
  }
  return rows;
}

function readRest(rest: string): { ruleIds: string[]; reason: string } {
  const [rules = '', ...reasons] = ` ${rest} `.split(' -- ');
  const ids = [...new Set(rules.split(/[\s,]+/).filter(Boolean))].slice(0, MAX_RULES);
  return {
    ruleIds: ids.length === 0 ? [''] : ids.map((id) => toPrintable(id.slice(0, MAX_RULE_ID))),
    reason: toPrintable(reasons.join(' -- ').trim().slice(0, MAX_REASON)),
  };
}

function problemOf(row: Omit<IgnoreCommentFact, 'problem'>): IgnoreCommentFact['problem'] {
  if (!isRuleId(row.ruleId)) return 'unknown-rule';
  if (!isReason(row.reason)) return 'no-reason';
  return row.scope === 'file' && row.line > HEAD_LINES ? 'not-at-head' : null;
}
