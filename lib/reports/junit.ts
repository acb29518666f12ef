import { REPORT_TEXTS } from '@/lib/i18n/report';
import { messageOf, reasonOf } from '@/lib/i18n/rule-text';
import { findRuleIn } from '@/lib/magics/own-rules/find-rule-in';
import { magicOf } from '@/lib/magics/registry';
import type { Language, MagicId, MagicResult, RuleResult } from '@/lib/magics/types';
import type { AuditReport } from './audit-report';
import { nameOfTool, type OtherFinding, type OtherTool, ownNameOf } from './other-tools';

const MAX_LINES = 100;

interface JunitInput extends Pick<AuditReport, 'results' | 'project' | 'language'> {
  /** Magics that could not be judged. */
  missing?: readonly MagicId[];
  others?: readonly OtherTool[];
}

/** One suite a magic or another tool, one case a rule, so that a build server shows an audit beside its tests. */
export function buildJunit({ results, project, language, missing = [], others = [] }: JunitInput): string {
  const suites = [
    ...results.map((result) => suiteOf(result, language)),
    ...missing.map((magic) => missingSuite(magic, language)),
    ...others.map(otherSuite),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${xml(project)}">\n${suites.join('')}</testsuites>\n`;
}

function suiteOf(result: MagicResult, language: Language): string {
  const count = (wanted: Verdict) => result.rules.filter((rule) => verdictOf(rule) === wanted).length;
  const attributes = `tests="${result.rules.length}" failures="${count('failed')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const cases = result.rules.map((rule) => caseOf(rule, result, language));
  return `  <testsuite name="${xml(magicOf(result.magic).title[language])}" ${attributes}>\n${cases.join('')}  </testsuite>\n`;
}

/** What is missing never looks like a pass. */
function missingSuite(magic: MagicId, language: Language): string {
  const name = xml(magicOf(magic).title[language]);
  const error = `<error message="${xml(REPORT_TEXTS[language].notJudged)}"/>`;
  return `  <testsuite name="${name}" tests="1" failures="0" errors="1" skipped="0">\n    <testcase classname="${magic}" name="${name}">${error}</testcase>\n  </testsuite>\n`;
}

/** Another tool tells of no rule that found nothing: there is a case for those alone that did. */
function otherSuite(other: OtherTool): string {
  const byRule = new Map<string, OtherFinding[]>();
  for (const finding of other.findings) {
    if (!finding.suppression) byRule.set(finding.ruleId, [...(byRule.get(finding.ruleId) ?? []), finding]);
  }
  const cases = [...byRule].map(([ruleId, findings]) => {
    const lines = findings.map(({ path, startLine, message }) => `${place(path, startLine)}${message}`);
    const name = xml(ownNameOf({ ruleId }, other));
    return `    <testcase classname="${xml(other.tool)}" name="${name}">${failure(lines, findings.length)}</testcase>\n`;
  });
  const attributes = `tests="${cases.length}" failures="${cases.length}" errors="0" skipped="0"`;
  return `  <testsuite name="${xml(nameOfTool(other))}" ${attributes}>\n${cases.join('')}  </testsuite>\n`;
}

function failure(lines: readonly string[], count: number): string {
  const rest = lines.length > MAX_LINES ? [`… +${lines.length - MAX_LINES}`] : [];
  return `<failure message="${count}">${xml([...lines.slice(0, MAX_LINES), ...rest].join('\n'))}</failure>`;
}

type Verdict = 'passed' | 'failed' | 'error' | 'skipped';

/** What had too little to judge was not evaluated, as everywhere else. */
function verdictOf({ outcome, isInformational }: RuleResult): Verdict {
  if (isInformational) return 'skipped';
  return outcome === 'passed' || outcome === 'failed' || outcome === 'error' ? outcome : 'skipped';
}

function caseOf(rule: RuleResult, result: MagicResult, language: Language): string {
  const title = findRuleIn(result.ownRules, rule.ruleId)?.title[language] ?? rule.ruleId;
  const open = `    <testcase classname="${xml(rule.ruleId.replace('/', '.'))}" name="${xml(title)}"`;
  const body = bodyOf(rule, result, language);
  return body === '' ? `${open}/>\n` : `${open}>${body}</testcase>\n`;
}

function bodyOf(rule: RuleResult, result: MagicResult, language: Language): string {
  const reason = rule.reason
    ? reasonOf({ ruleId: rule.ruleId, reason: rule.reason.id, data: rule.reason.data }, language)
    : '';
  switch (verdictOf(rule)) {
    case 'passed':
      return '';
    case 'failed': {
      const lines = result.findings
        .filter(({ ruleId }) => ruleId === rule.ruleId)
        .map((finding) => `${place(finding.path, finding.startLine)}${messageOf(finding, language)}`);
      return failure(lines, rule.findings);
    }
    case 'error':
      return `<error message="${xml(reason)}"/>`;
    default:
      return `<skipped message="${xml(reason)}"/>`;
  }
}

function place(path: string | null, line: number | null): string {
  if (path === null) return '';
  return line === null ? `${path}: ` : `${path}:${line}: `;
}

/** Text of a repository in XML: escaped, without the characters XML cannot hold. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
