import { bandOf } from '@/lib/i18n/bands';
import { CLI_TEXTS } from '@/lib/i18n/cli';
import { messageOf, reasonOf } from '@/lib/i18n/rule-text';
import { ENOUGH_COVERAGE } from '@/lib/magics/gate';
import { findRuleIn } from '@/lib/magics/own-rules/find-rule-in';
import { magicOf } from '@/lib/magics/registry';
import { isLittleJudged } from '@/lib/magics/score';
import type { Finding, MagicResult, MagicStatus, Severity } from '@/lib/magics/types';
import { type AuditReport, findingsOf, type NewSince, ownRulesOf } from './audit-report';
import { explain } from './explain';
import { listExceptions } from './repository-exceptions';
import { createPaint, type Paint, padEnd, padStart, plain, widthOf } from './terminal';

const BAR = 24;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const TOP_FINDINGS = 10;
const MAX_PER_RULE = 2;
const MAX_SKIPPED = 12;
const MAX_NEW_FINDINGS = 20;
const RANK: Record<Severity, number> = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };

interface TextOptions {
  hasColour: boolean;
  /** With the sum behind each number. */
  isExplained?: boolean;
  /** With each thing the repository asked to ignore. */
  showsSuppressed?: boolean;
}

/** The report for people at a terminal. */
export function buildText(
  report: AuditReport,
  { hasColour, isExplained = false, showsSuppressed = false }: TextOptions,
): string {
  const paint = createPaint(hasColour);
  const sections = [
    header(report, paint),
    magicTable(report, paint),
    report.newSince ? newFindings(report, report.newSince, paint) : topFindings(report, paint),
    isExplained ? explain(report, paint) : '',
    listExceptions(report, paint, showsSuppressed),
    skipped(report, paint),
    footer(report, paint),
  ];
  return `\n${sections.filter(Boolean).join('\n\n')}\n\n`;
}

function header(report: AuditReport, paint: Paint): string {
  const { project, commit, branch, health, coverage, language, uncommitted } = report;
  const t = CLI_TEXTS[language];
  const judged = uncommitted
    ? t.uncommitted[uncommitted.kind](uncommitted.head?.slice(0, 10) ?? null)
    : commit.slice(0, 10);
  const place = `${judged}${branch ? ` · ${plain(branch)}` : ''}`;
  const title = `  ${paint.bold(plain(project))}  ${paint.dim(place)}`;
  if (health === null) return `${title}\n\n  ${t.health}  –`;
  // A score of a small part says nothing of the whole.
  const isEnough = coverage >= ENOUGH_COVERAGE;
  const tone = isEnough ? toneOf(health, paint) : paint.dim;
  const word = isEnough ? t.bands[bandOf(health)] : t.status.inconclusive;
  const share = `${Math.round(coverage * 100)} %`;
  return [
    title,
    '',
    `  ${t.health}  ${paint.bold(tone(health.toFixed(1)))} ${paint.dim('/ 100')}  ${tone(word)}  ${paint.dim(t.coverage(share))}`,
    `  ${tone(bar(health, BAR * 2))}`,
  ].join('\n');
}

function magicTable({ results, language }: AuditReport, paint: Paint): string {
  const t = CLI_TEXTS[language];
  const names = results.map(({ magic }) => magicOf(magic).title[language]);
  const nameWidth = Math.max(...names.map(widthOf));
  const statusWidth = Math.max(...Object.values(t.status).map(widthOf));
  return results
    .map((result, index) => {
      const { score, status, coverage } = result;
      const isLittle = isLittleJudged(result);
      const tone = score === null || isLittle ? paint.dim : toneOf(score, paint);
      const count = result.rules.reduce((sum, rule) => sum + rule.findings, 0);
      return [
        `  ${padEnd(names[index] ?? '', nameWidth)}`,
        score === null ? paint.dim('·'.repeat(BAR)) : tone(padEnd(bar(score, BAR), BAR)),
        tone(padStart(score === null ? '–' : score.toFixed(1), 5)),
        statusTone(status, paint)(padEnd(t.status[status], statusWidth)),
        paint.dim(count === 0 ? t.noFindings : countsOf(result, t, count)),
        ...(isLittle ? [paint.dim(t.coverage(`${Math.floor(coverage * 100)} %`))] : []),
      ].join('  ');
    })
    .join('\n');
}

function countsOf({ counts }: MagicResult, t: (typeof CLI_TEXTS)['en'], total: number): string {
  const grave = (['critical', 'high'] as const).filter((severity) => counts[severity] > 0);
  return [t.findings(total), ...grave.map((severity) => `${counts[severity]} ${t.severity[severity]}`)].join(' · ');
}

function topFindings({ results, language }: AuditReport, paint: Paint): string {
  const t = CLI_TEXTS[language];
  const all = findingsOf(results).sort((a, b) => RANK[a.severity] - RANK[b.severity] || b.confidence - a.confidence);
  if (all.length === 0) return '';
  const shown: Finding[] = [];
  const perRule = new Map<string, number>();
  for (const finding of all) {
    const count = perRule.get(finding.ruleId) ?? 0;
    if (count >= MAX_PER_RULE || shown.length >= TOP_FINDINGS) continue;
    perRule.set(finding.ruleId, count + 1);
    shown.push(finding);
  }
  const total = results.reduce((sum, { rules }) => sum + rules.reduce((count, rule) => count + rule.findings, 0), 0);
  const lines = describeFindings(shown, { results, language }, paint);
  const rest = total - shown.length;
  return [
    `  ${paint.bold(t.topFindings)}`,
    ...lines,
    ...(rest > 0 ? [`  ${paint.dim(t.moreFindings(rest))}`] : []),
  ].join('\n\n');
}

/** What the change brings, in place of all there is. */
function newFindings({ results, language }: AuditReport, { findings, ref }: NewSince, paint: Paint): string {
  const t = CLI_TEXTS[language];
  if (findings.length === 0) return '';
  const shown = [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]).slice(0, MAX_NEW_FINDINGS);
  const rest = findings.length - shown.length;
  return [
    `  ${paint.bold(t.newFindings(plain(ref)))}`,
    ...describeFindings(shown, { results, language }, paint),
    ...(rest > 0 ? [`  ${paint.dim(t.moreFindings(rest))}`] : []),
  ].join('\n\n');
}

function describeFindings(
  shown: readonly Finding[],
  { results, language }: Pick<AuditReport, 'results' | 'language'>,
  paint: Paint,
): string[] {
  const t = CLI_TEXTS[language];
  const width = Math.max(...shown.map(({ severity }) => widthOf(t.severity[severity])));
  return shown.map((finding) => {
    const mark = severityTone(finding.severity, paint)(`● ${padEnd(t.severity[finding.severity], width)}`);
    const indent = ' '.repeat(width + 6);
    const place = placeOf(finding);
    const fix = findRuleIn(ownRulesOf(results), finding.ruleId)?.fix[language];
    return [
      `  ${mark}  ${plain(messageOf(finding, language))}`,
      `${indent}${[place && paint.cyan(place), paint.dim(finding.ruleId)].filter(Boolean).join('  ')}`,
      ...(fix ? [`${indent}${paint.dim(`${t.fix}: ${fix}`)}`] : []),
    ].join('\n');
  });
}

function placeOf({ path, startLine, commits }: Finding): string {
  if (path !== null) return plain(startLine === null ? path : `${path}:${startLine}`);
  return commits[0]?.slice(0, 10) ?? '';
}

function skipped({ results, language }: AuditReport, paint: Paint): string {
  const t = CLI_TEXTS[language];
  const rules = results.flatMap((result) => result.skipped);
  if (rules.length === 0) return '';
  const byReason = new Map<string, string[]>();
  for (const rule of rules) {
    const reason = plain(reasonOf(rule, language));
    byReason.set(reason, [...(byReason.get(reason) ?? []), rule.ruleId]);
  }
  const lines = [...byReason]
    .slice(0, MAX_SKIPPED)
    .map(([reason, ids]) => `  ${reason}\n    ${paint.dim(wrap(ids, 76, '    '))}`);
  return [`  ${paint.bold(t.notEvaluated)}`, ...lines].join('\n');
}

function wrap(words: readonly string[], width: number, indent: string): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 2 <= width) lines[lines.length - 1] = `${last}  ${word}`;
    else lines.push(word);
  }
  return lines.join(`\n${indent}`);
}

function footer({ gate, stats, resultHash, language }: AuditReport, paint: Paint): string {
  const t = CLI_TEXTS[language];
  const number = (value: number) => value.toLocaleString('en-US');
  const [mark, tone] = !gate.isPassed
    ? (['✘', paint.red] as const)
    : gate.gate === 'warning'
      ? (['!', paint.yellow] as const)
      : (['✔', paint.green] as const);
  const seconds = (stats.wallMs / 1000).toFixed(1);
  return [
    `  ${tone(mark)} ${plain(gate.reason)}`,
    `  ${paint.dim(t.stats(number(stats.files), number(stats.lines), number(stats.commits), seconds))}`,
    `  ${paint.dim(`${t.resultHash} ${resultHash}`)}`,
  ].join('\n');
}

function bar(score: number, width: number): string {
  const eighths = Math.round((Math.min(100, Math.max(0, score)) / 100) * width * 8);
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths % 8];
}

function toneOf(score: number, paint: Paint): (text: string) => string {
  if (score >= 75) return paint.green;
  return score >= 60 ? paint.yellow : paint.red;
}

function statusTone(status: MagicStatus, paint: Paint): (text: string) => string {
  const tones: Partial<Record<MagicStatus, (text: string) => string>> = {
    passed: paint.green,
    warning: paint.yellow,
    failed: paint.red,
    error: paint.red,
  };
  return tones[status] ?? paint.dim;
}

function severityTone(severity: Severity, paint: Paint): (text: string) => string {
  if (RANK[severity] <= 1) return paint.red;
  return severity === 'medium' ? paint.yellow : paint.dim;
}
