import { CLI_TEXTS } from '@/lib/i18n/cli';
import { exactParts } from '@/lib/i18n/exact-parts';
import { withOwnRules } from '@/lib/magics/own-rules/to-rule';
import { magicOf } from '@/lib/magics/registry';
import { roundScore, sharesOf, weightInHealth } from '@/lib/magics/score';
import type { MagicResult, RuleResult } from '@/lib/magics/types';
import type { AuditReport } from './audit-report';
import { type Paint, padEnd, padStart, widthOf } from './terminal';

/** The sum behind the health and behind the score of each magic; every sum ends in the number that is shown. */
export function explain(report: AuditReport, paint: Paint): string {
  const { results, language } = report;
  const t = CLI_TEXTS[language].explain;
  return [`  ${paint.bold(t.title)}`, health(report, paint), ...results.map((one) => magic(one, report, paint))]
    .filter(Boolean)
    .join('\n\n');
}

function health({ health: total, results, weights, language }: AuditReport, paint: Paint): string {
  const t = CLI_TEXTS[language];
  if (total === null) return '';
  const judged = results.flatMap((result) => {
    const weight = weightInHealth(weights[result.magic] ?? 0, result.coverage);
    return result.score === null || weight === 0 ? [] : [{ magic: result.magic, score: result.score, weight }];
  });
  const all = judged.reduce((sum, { weight }) => sum + weight, 0);
  const points = exactParts(
    judged.map(({ score, weight }) => (score * weight) / all),
    total,
  );
  const rows = judged.map(({ magic: id, score, weight }, at) => [
    magicOf(id).title[language],
    score.toFixed(1),
    `× ${percent(weight / all)}`,
    (points[at] ?? 0).toFixed(1),
  ]);
  return table([...rows, [t.health, '', '', paint.bold(total.toFixed(1))]]);
}

function magic(result: MagicResult, { language }: AuditReport, paint: Paint): string {
  const t = CLI_TEXTS[language].explain;
  const { title, groups, rules } = withOwnRules(magicOf(result.magic), result.ownRules ?? []);
  const groupOf = new Map<string, string>(rules.map(({ id, group }) => [id, group]));
  const head = `  ${paint.bold(title[language])}`;
  if (result.score === null) return `${head}\n  ${paint.dim(t.noScore)}`;
  const parts = result.rules.map(({ ruleId, score, weight }) => ({
    group: groupOf.get(ruleId) ?? '',
    score,
    weight,
  }));
  const shares = sharesOf(parts, groups);
  const scored = result.rules
    .map((rule, at) => ({ rule, share: shares[at] ?? 0 }))
    .filter(({ rule, share }) => rule.score !== null && share > 0)
    .sort((a, b) => b.share - a.share || (a.rule.ruleId < b.rule.ruleId ? -1 : 1));
  const contributions = scored.map(({ rule, share }) => (rule.score ?? 0) * share);
  const total = roundScore(contributions.reduce((sum, points) => sum + points, 0));
  const points = exactParts(contributions, total);
  const rows = scored.map(({ rule, share }, at) => [
    rule.ruleId,
    measured(rule),
    (rule.score ?? 0).toFixed(1),
    `× ${percent(share)}`,
    (points[at] ?? 0).toFixed(1),
  ]);
  const { cap } = result;
  const capRows = cap ? [[t.cap(cap.ruleId), '', '', '', `≤ ${cap.limit}`]] : [];
  return `${head}\n${table([...rows, [t.sum, '', '', '', total.toFixed(1)], ...capRows, [t.score, '', '', '', paint.bold(result.score.toFixed(1))]])}`;
}

/** The measured value with the limits between which it becomes points. */
function measured({ value, good, bad }: RuleResult): string {
  if (value === null || good === null || bad === null) return '';
  return `${short(value)} (${short(good)} … ${short(bad)})`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** First column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => widthOf(visible(row[at] ?? '')))));
  return rows
    .map((row) =>
      row
        .map((cell, at) => {
          const width = (widths[at] ?? 0) + cell.length - visible(cell).length;
          return at === 0 ? `  ${padEnd(cell, width)}` : padStart(cell, width);
        })
        .join('  '),
    )
    .join('\n');
}

function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal take no columns
  return text.replace(/\u001b\[\d+m/g, '');
}
