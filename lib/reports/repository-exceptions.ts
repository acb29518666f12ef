import { CLI_TEXTS } from '@/lib/i18n/cli';
import { createFormat } from '@/lib/i18n/format';
import { SUPPRESSION_STATES, type SuppressionUse } from '@/lib/magics/types';
import { type AuditReport, suppressionsOf } from './audit-report';
import { type Paint, plain } from './terminal';

const MAX_LISTED = 200;

/** What the repository asked for of itself, and what came of it; nothing when it asked for nothing. */
export function listExceptions({ results, language }: AuditReport, paint: Paint, isListed: boolean): string {
  const t = CLI_TEXTS[language].exceptions;
  const uses = suppressionsOf(results);
  const ignored = results[0]?.ignored ?? null;
  const words = results.flatMap((result) => result.words);
  const errors = results.find(({ magic }) => magic === 'integrity')?.metrics.settings_errors ?? 0;
  if (uses.length === 0 && words.length === 0 && !ignored && errors === 0) return '';
  const lines = [`  ${paint.bold(t.title)}`];
  if (errors > 0) lines.push(`  ${paint.yellow(t.errors(errors))}`);
  if (ignored) {
    const { number } = createFormat(language, 'UTC', 0);
    const say = ignored.isRefused ? t.refused : t.ignored;
    lines.push(`  ${say(number(ignored.files), number(ignored.codeLines))}`);
  }
  if (words.length > 0) {
    const count = words.reduce((sum, row) => sum + row.words.length, 0);
    lines.push(`  ${t.words(count)}`);
    if (!isListed && uses.length === 0) lines.push(`  ${paint.dim(t.show)}`);
  }
  if (uses.length > 0) {
    const suppressed = results.reduce(
      (sum, { rules }) => sum + rules.reduce((all, rule) => all + rule.suppressed, 0),
      0,
    );
    const states = SUPPRESSION_STATES.flatMap((state) => {
      const count = uses.filter((use) => use.state === state).length;
      return count === 0 ? [] : `${t.states[state]} ${count}`;
    });
    lines.push(`  ${t.suppressed(suppressed, uses.length)}  ${paint.dim(states.join(' · '))}`);
    if (!isListed) lines.push(`  ${paint.dim(t.show)}`);
  }
  if (isListed) {
    for (const { glob, files } of ignored?.globs ?? []) lines.push(`    ${plain(glob)}  ${paint.dim(String(files))}`);
    for (const { ruleId, option, words: added, isInEffect } of words) {
      const end = isInEffect ? '' : `  ${paint.dim(t.noEffect)}`;
      lines.push(`    ${ruleId}  ${option}: ${plain(added.join(', '))}${end}`);
    }
    lines.push(...uses.slice(0, MAX_LISTED).map((use) => lineOf(use, t, paint)));
    if (uses.length > MAX_LISTED) lines.push(`  ${paint.dim(t.more(uses.length - MAX_LISTED))}`);
  }
  return lines.join('\n');
}

function lineOf(use: SuppressionUse, t: (typeof CLI_TEXTS)['en']['exceptions'], paint: Paint): string {
  const { path, line, ruleId, target, state, suppressed, reason, expires, source } = use;
  const where = source === 'settings' && target !== null ? `  ${plain(target)}` : '';
  const until = expires === null ? '' : `  ${t.expires(expires)}`;
  return [
    `    ${paint.cyan(plain(`${path}:${line}`))}  ${ruleId}${where}  ${t.states[state]}${suppressed > 0 ? ` ${suppressed}` : ''}${until}`,
    `      ${paint.dim(plain(reason))}`,
  ].join('\n');
}
