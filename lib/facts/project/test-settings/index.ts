import type { TestSettingFact } from '@/lib/magics/facts/project';
import { nameOf, type ProjectText, parentPath } from '../project-text';
import { exclusionsOf } from './exclusions';
import { thresholdsOnLine } from './thresholds';

const SETTINGS =
  /^(?:\.coveragerc|setup\.cfg|tox\.ini|pytest\.ini|pyproject\.toml|package\.json|(?:jest|vitest|vite|playwright|cypress|nyc|wdio)(?:\.[\w-]+)?\.config\.[cm]?[jt]s|jest\.config\.json|cypress\.json|karma\.conf\.[cm]?js|\.(?:nycrc|c8rc|mocharc)(?:\.(?:json|ya?ml|c?js))?|\.?codecov\.ya?ml|\.testcoverage\.ya?ml|pom\.xml|build\.gradle(?:\.kts)?|sonar-project\.properties|phpunit(?:\.dist)?\.xml(?:\.dist)?|\.simplecov|(?:spec|test)_helper\.rb|nextest\.toml|tarpaulin\.toml|[\w.-]+\.runsettings)$/;
const MAX_DEPTH = 4;
const MAX_CHARACTERS = 256_000;
const MAX_LINES = 10_000;
const MAX_LINE = 500;
const MAX_ROWS = 200;

/** Files that say how tests run and what their coverage must be. */
export function isTestSettingsPath(path: string): boolean {
  return SETTINGS.test(nameOf(path)) && parentPath(path).split('/').length <= MAX_DEPTH;
}

/** Read as text, line by line: much of it is program code that nobody may run here. */
export function readTestSettings({ path, text }: ProjectText): TestSettingFact[] {
  if (text.length > MAX_CHARACTERS) return [];
  const rows: TestSettingFact[] = [];
  const lines = text.split(/\r?\n/, MAX_LINES).map((line) => line.slice(0, MAX_LINE));
  const name = nameOf(path);
  let sinceBlock = Number.POSITIVE_INFINITY;
  for (const [at, line] of lines.entries()) {
    if (/^\s*(?:\/\/|#|\*|<!--)/.test(line)) continue;
    sinceBlock = BLOCK.test(line) ? 0 : sinceBlock + 1;
    for (const { value } of thresholdsOnLine(name, line, sinceBlock <= BLOCK_LINES)) {
      rows.push({ path, line: at + 1, kind: 'threshold', value, pattern: null });
    }
    const retries = retriesOn(name, line);
    if (retries > 0) rows.push({ path, line: at + 1, kind: 'retry', value: retries, pattern: null });
  }
  for (const { line, pattern } of exclusionsOf(name, text.slice(0, MAX_CHARACTERS), lines)) {
    rows.push({ path, line, kind: 'exclusion', value: null, pattern });
  }
  return rows.sort((a, b) => a.line - b.line || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0)).slice(0, MAX_ROWS);
}

const BLOCK = /threshold|check-?coverage|"(?:nyc|c8)"\s{0,3}:\s{0,3}\{/i;
/** Lines that may stand between the word and its numbers. */
const BLOCK_LINES = 12;

const FLAG = /(?:^|\s|["'=])--(?:reruns|retries|retry|rerun-fails|flaky-retries)[ =](\d{1,2})\b/;
const JS_KEY = /^\s*["']?(?:retries|retry|runMode|openMode)["']?\s*:\s*([^/\n]{1,80})/;

function retriesOn(name: string, line: string): number {
  const flag = FLAG.exec(line);
  if (flag) return Number(flag[1]);
  if (/\.config\.[cm]?[jt]s$|^\.mocharc|^cypress\.json$/.test(name)) {
    const counts = JS_KEY.exec(line)?.[1]?.match(/(?<![\w.])\d{1,2}(?![\w.])/g) ?? [];
    return Math.max(0, ...counts.map(Number));
  }
  const other =
    name === 'pom.xml'
      ? /rerunFailingTestsCount>\s*(\d{1,2})\s*</.exec(line)
      : /^build\.gradle/.test(name)
        ? /\bmaxRetries\b\s*(?:=|\.set\()?\s*(\d{1,2})\b/.exec(line)
        : name === 'nextest.toml'
          ? /^\s*retries\s*=\s*(?:\{.{0,80}\bcount\s*=\s*)?(\d{1,2})\b/.exec(line)
          : /^\s*(?:reruns|flaky_reruns)\s*=\s*(\d{1,2})\b/.exec(line);
  return other ? Number(other[1]) : 0;
}
