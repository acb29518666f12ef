import { messageOf } from '@/lib/i18n/rule-text';
import { findRuleIn } from '@/lib/magics/own-rules/find-rule-in';
import type { OwnRule } from '@/lib/magics/own-rules/own-rule';
import type { Language } from '@/lib/magics/types';
import type { ReportFinding } from './audit-document';
import type { OtherFinding, OtherTool } from './other-tools';

const PRODUCT = 'Ancient Elder';

/** Names of columns are for programs: the same in every language. */
const COLUMNS: readonly [
  name: string,
  value: (finding: ReportFinding, language: Language, ownRules: readonly OwnRule[]) => string | number,
][] = [
  ['severity', ({ severity }) => severity],
  ['state', ({ state, suppression }) => state ?? (suppression ? 'suppressed' : 'open')],
  ['magic', ({ magic }) => magic],
  ['rule', ({ ruleId }) => ruleId],
  ['title', ({ ruleId }, language, own) => findRuleIn(own, ruleId)?.title[language] ?? ''],
  ['path', ({ path }) => path ?? ''],
  ['startLine', ({ startLine }) => startLine ?? ''],
  ['endLine', ({ endLine }) => endLine ?? ''],
  ['message', (finding, language) => messageOf(finding, language)],
  ['fix', ({ ruleId }, language, own) => findRuleIn(own, ruleId)?.fix[language] ?? ''],
  ['confidence', ({ confidence }) => confidence],
  ['evidence', ({ evidence }) => evidence ?? ''],
  ['commits', ({ commits }) => commits.join(' ')],
  ['reason', ({ suppression }) => suppression?.reason ?? ''],
  ['until', ({ suppression }) => suppression?.expires ?? ''],
  ['fingerprint', ({ fingerprint }) => fingerprint],
  ['tool', () => PRODUCT],
];

const BYTE_ORDER_MARK = '\uFEFF';
/** Of spreadsheets, also as Japanese ones read them; spaces before it do not stop them. */
const FORMULA = /^(?:[\t\r\n]|[\s\u3000\uFEFF]*[=+\-@＝＋－＠])/u;

/** RFC 4180 with a byte order mark, piece by piece: the head, then a line a finding, those of other tools last. */
export function* csvOf(
  findings: readonly ReportFinding[],
  language: Language,
  ownRules: readonly OwnRule[] = [],
  others: readonly OtherTool[] = [],
): Generator<string> {
  yield `${BYTE_ORDER_MARK}${line(COLUMNS.map(([name]) => name))}`;
  for (const finding of findings) yield line(COLUMNS.map(([, value]) => value(finding, language, ownRules)));
  for (const other of others) {
    for (const finding of other.findings) {
      const values = otherValues(finding, other);
      yield line(COLUMNS.map(([name]) => values[name] ?? ''));
    }
  }
}

function otherValues(finding: OtherFinding, { toolName }: OtherTool): Record<string, string | number> {
  const { severity, state, ruleId, path, startLine, endLine, message, confidence, evidence, fingerprint } = finding;
  return {
    ...{ severity, state, magic: 'imported', rule: ruleId, message, confidence, fingerprint, tool: toolName },
    path: path ?? '',
    startLine: startLine ?? '',
    endLine: endLine ?? '',
    evidence: evidence ?? '',
    reason: finding.suppression?.reason ?? '',
    until: finding.suppression?.expires ?? '',
  };
}

function line(values: readonly (string | number)[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

/** What a spreadsheet would run is text: a repository chooses its paths and its code. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = value.replaceAll('\u0000', '\uFFFD');
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
