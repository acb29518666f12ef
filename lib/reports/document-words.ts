import { bandOf } from '@/lib/i18n/bands';
import { messagesIn } from '@/lib/i18n/messages';
import { REPORT_TEXTS } from '@/lib/i18n/report';
import { messageOf, reasonOf } from '@/lib/i18n/rule-text';
import { statusOfMagic } from '@/lib/i18n/status-of-magic';
import { textOf } from '@/lib/i18n/text-of';
import { findRuleIn } from '@/lib/magics/own-rules/find-rule-in';
import { magicOf } from '@/lib/magics/registry';
import { type Language, SEVERITIES, type Severity } from '@/lib/magics/types';

import type { AuditDocument, ReportFinding } from './audit-document';
import { nameOfTool, type OtherFinding, type OtherTool } from './other-tools';
import { plain } from './terminal';

/** What a report for people says, in order and without its looks. Text of a repository has no control characters. */
export interface DocumentWords {
  language: Language;
  title: string;
  facts: { name: string; value: string; isCode?: boolean }[];
  /** What a reader must know before the numbers. */
  notes: string[];
  magicsTitle: string;
  magicHeads: string[];
  magics: { name: string; status: string; score: string; weight: string; counts: string }[];
  findingsTitle: string;
  findings: FindingWords[];
  /** null when all are shown. */
  leftOut: string | null;
  /** What other tools reported, a part each. */
  others: { title: string; findings: FindingWords[]; leftOut: string | null }[];
  othersAbout: string;
  /** In place of findings. */
  none: string;
  skippedTitle: string;
  skipped: { rule: string; reason: string }[];
}

export interface FindingWords {
  severity: Severity;
  severityName: string;
  state: string;
  message: string;
  place: string;
  rule: string;
  ruleId: string;
  fix: string;
  reason: string;
}

/** `limit`: how many findings are worded; the least severe are left out. */
export function wordsOf(document: AuditDocument, language: Language, limit: number): DocumentWords {
  const t = REPORT_TEXTS[language];
  const messages = messagesIn(language);
  const { common } = messages;
  const { findings } = document;
  const open = findings.filter(({ suppression }) => !suppression);
  const shown = findings.slice(0, limit);
  const leftOut = findings.length - shown.length;
  const { magic, status, score, weight, findings: counts } = t.columns;
  return {
    language,
    title: t.title(plain(document.project)),
    facts: factsOf(document, language),
    notes: [
      ...(document.isPartial ? [t.partial] : []),
      ...(document.isFiltered ? [t.chosen] : []),
      ...(document.others === null ? [t.othersUnknown] : []),
    ],
    magicsTitle: t.magics,
    magicHeads: [magic, status, score, weight, counts],
    magics: [
      ...document.magics.map((one) => ({
        name: magicOf(one.magic).title[language],
        status: statusOfMagic(one, messages),
        score: one.score === null ? '–' : one.score.toFixed(1),
        weight: String(one.weight),
        counts:
          SEVERITIES.filter((severity) => one.counts[severity] > 0)
            .map((severity) => `${common.severity[severity]} ${one.counts[severity]}`)
            .join(' · ') || '–',
      })),
      ...document.missingMagics.map((missing) => ({
        name: magicOf(missing).title[language],
        status: common.status.error,
        score: '–',
        weight: '–',
        counts: t.notJudged,
      })),
    ],
    findingsTitle: t.findings(open.length),
    findings: shown.map((finding) => findingWords(finding, document, language)),
    leftOut: leftOut > 0 ? t.leftOut(leftOut) : null,
    others: othersOf(document.others ?? [], language, limit),
    othersAbout: t.othersAbout,
    none: t.none,
    skippedTitle: t.skipped,
    skipped: document.skipped.map((rule) => ({
      rule: findRuleIn(document.ownRules, rule.ruleId)?.title[language] ?? rule.ruleId,
      reason: plain(reasonOf(rule, language)),
    })),
  };
}

function factsOf(document: AuditDocument, language: Language): DocumentWords['facts'] {
  const t = REPORT_TEXTS[language];
  const { common } = messagesIn(language);
  const { number, branch, commit, endedAt, health, coverage, gate, resultHash, evidence } = document;
  const judged = t.judged(Math.round(coverage * 100));
  const score = health === null ? t.noScore : `${health.toFixed(1)} / 100 (${common.bands[bandOf(health)]})`;
  return [
    ...(number === null ? [] : [{ name: t.facts.audit, value: `#${number}` }]),
    { name: t.facts.health, value: `${score}, ${judged}` },
    { name: t.facts.gate, value: gate ? `${common.status[gate.verdict]}: ${plain(gate.reason)}` : t.noGate },
    { name: t.facts.commit, value: commit, isCode: true },
    ...(branch === null ? [] : [{ name: t.facts.branch, value: plain(branch) }]),
    ...(endedAt === null ? [] : [{ name: t.facts.ended, value: endedAt.slice(0, 16).replace('T', ' ') }]),
    { name: t.facts.resultHash, value: resultHash ?? t.noHash, isCode: resultHash !== null },
    ...(evidence ? [{ name: t.facts.evidence, value: t.evidence(evidence.sequence, evidence.keyId) }] : []),
  ];
}

function findingWords(finding: ReportFinding, { ownRules }: AuditDocument, language: Language): FindingWords {
  const { common, findings } = messagesIn(language);
  const { severity, state, suppression, path, startLine, commits, ruleId } = finding;
  const rule = findRuleIn(ownRules, ruleId);
  const known = state ?? (suppression ? 'suppressed' : null);
  return {
    severity,
    severityName: common.severity[severity],
    state: known === null ? '' : (textOf(findings.states, known) ?? known),
    message: plain(messageOf(finding, language)),
    place:
      path === null
        ? (commits[0]?.slice(0, 10) ?? REPORT_TEXTS[language].repository)
        : plain(startLine === null ? path : `${path}:${startLine}`),
    rule: rule?.title[language] ?? ruleId,
    ruleId,
    fix: rule?.fix[language] ?? '',
    reason: plain(suppression?.reason ?? ''),
  };
}

function othersOf(others: readonly OtherTool[], language: Language, limit: number): DocumentWords['others'] {
  const t = REPORT_TEXTS[language];
  let room = limit;
  return others.map((other) => {
    const shown = other.findings.slice(0, room);
    room -= shown.length;
    const leftOut = other.findings.length - shown.length;
    return {
      title: t.findingsOfTool(
        plain(nameOfTool(other)),
        other.findings.filter(({ suppression }) => !suppression).length,
      ),
      findings: shown.map((finding) => otherWords(finding, other, language)),
      leftOut: leftOut > 0 ? t.leftOut(leftOut) : null,
    };
  });
}

function otherWords(finding: OtherFinding, other: OtherTool, language: Language): FindingWords {
  const { common, findings } = messagesIn(language);
  const { severity, state, path, startLine, message, suppression, ruleId } = finding;
  return {
    severity,
    severityName: common.severity[severity],
    state: textOf(findings.states, state) ?? state,
    message: plain(message),
    place:
      path === null ? REPORT_TEXTS[language].repository : plain(startLine === null ? path : `${path}:${startLine}`),
    rule: plain(other.toolName),
    ruleId: plain(ruleId),
    fix: '',
    reason: plain(suppression?.reason ?? ''),
  };
}
