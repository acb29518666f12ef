import { gateWords } from '@/lib/i18n/gate-words';
import { messagesIn } from '@/lib/i18n/messages';
import { messageOf } from '@/lib/i18n/rule-text';
import type { Finding, Language, Severity } from '@/lib/magics/types';
import type { GateReason } from '@/lib/schemas/audits';
import { codeSpan, escapeMarkdown, link } from './markdown';

/** What is told of an audit of a pull request. */
export interface AnsweredAudit {
  number: number;
  gate: 'passed' | 'warning' | 'failed' | null;
  gateReason: GateReason | null;
  /** Null where the base could not be judged: what is new is not known. */
  changes: Changes | null;
  /** Of the pages on findings, by fingerprint. */
  addresses: ReadonlyMap<string, string>;
  /** Of its page. */
  url: string;
}

interface Changes {
  new: readonly Finding[];
  reopened: readonly Finding[];
  fixed: readonly Finding[];
}

export interface AnswerStyle {
  language: Language;
  /** See `PullRequests.template`; null: ours. */
  template: string | null;
}

const MOST_NEW = 20;
const MOST_FIXED = 10;
const LONGEST_MESSAGE = 300;
/** The least that hosts take is that of Bitbucket, 32 KiB. */
const LONGEST_COMMENT = 30_000;
const SIGNS = { passed: '✅', warning: '⚠️', failed: '❌' } as const;
const DOTS: Record<Severity, string> = { critical: '🟥', high: '🟧', medium: '🟨', low: '🟦', info: '⬜' };

/** One sentence about the gate. */
export function gateSentence(
  { gate, gateReason }: Pick<AnsweredAudit, 'gate' | 'gateReason'>,
  language: Language,
): string {
  const t = messagesIn(language);
  const words = t.pullRequests;
  const reason = gateWords({ gateReason }, t);
  return gate === null ? words.noGate : words.gate(words.gates[gate], reason);
}

/** The comment in Markdown; null when there is nothing worth a comment: the gate passed, and nothing is new or fixed. */
export function buildComment(audit: AnsweredAudit, style: AnswerStyle): string | null {
  const { changes, gate } = audit;
  const added = addedOf(audit);
  if (gate === 'passed' && changes && added.length === 0 && changes.fixed.length === 0) return null;
  return commentOf(audit, style);
}

/** What an earlier comment says once there is nothing left to say. */
export function buildSettledComment(audit: AnsweredAudit, style: AnswerStyle): string {
  return commentOf(audit, style);
}

function commentOf(audit: AnsweredAudit, style: AnswerStyle): string {
  const whole = writeComment(audit, style);
  if (fits(whole)) return whole;
  const unlinked = writeComment({ ...audit, addresses: new Map() }, style);
  return fits(unlinked) ? unlinked : writeComment(audit, { ...style, template: '{gate}\n\n{link}' });
}

const fits = (comment: string): boolean => comment.length <= LONGEST_COMMENT;

function writeComment(audit: AnsweredAudit, { language, template }: AnswerStyle): string {
  const words = messagesIn(language).pullRequests;
  const parts = {
    gate: `${audit.gate ? `${SIGNS[audit.gate]} ` : ''}${escapeMarkdown(gateSentence(audit, language))}`,
    new: newPart(audit, language),
    fixed: fixedPart(audit, language),
    link: link(words.open(audit.number), audit.url),
  };
  const ours = ['### Ancient Elder', '{gate}', '{new}', '{fixed}', '{link}'].join('\n\n');
  const text = (template ?? ours).replace(/\{(gate|new|fixed|link)\}/g, (_, name: keyof typeof parts) => parts[name]);
  return text.replace(/\n{3,}/g, '\n\n').trim();
}

/** What a check says below its title. */
export function buildSummary(audit: AnsweredAudit, language: Language): string {
  return [newPart(audit, language), fixedPart(audit, language)].filter((part) => part !== '').join('\n\n');
}

/** New and open again, most severe first. */
export function addedOf({ changes }: Pick<AnsweredAudit, 'changes'>): Finding[] {
  return changes ? [...changes.new, ...changes.reopened] : [];
}

/** What is named one by one; the rest is counted. */
export function listedOf(changes: Changes): Changes {
  const added = MOST_NEW - changes.new.length;
  return {
    new: changes.new.slice(0, MOST_NEW),
    reopened: changes.reopened.slice(0, Math.max(0, added)),
    fixed: changes.fixed.slice(0, MOST_FIXED),
  };
}

function newPart(audit: AnsweredAudit, language: Language): string {
  const words = messagesIn(language).pullRequests;
  if (!audit.changes) return escapeMarkdown(words.noBase);
  const added = addedOf(audit);
  if (added.length === 0) return escapeMarkdown(words.nothingNew);
  const shown = addedOf({ changes: listedOf(audit.changes) });
  return list(
    `**${escapeMarkdown(words.newCount(added.length))}**`,
    shown,
    added.length - shown.length,
    audit,
    language,
  );
}

function fixedPart(audit: AnsweredAudit, language: Language): string {
  const { changes } = audit;
  if (!changes || changes.fixed.length === 0) return '';
  const words = messagesIn(language).pullRequests;
  const { fixed } = listedOf(changes);
  const head = `**${escapeMarkdown(words.fixedCount(changes.fixed.length))}**`;
  return list(head, fixed, changes.fixed.length - fixed.length, audit, language);
}

function list(
  head: string,
  findings: readonly Finding[],
  left: number,
  { addresses }: AnsweredAudit,
  language: Language,
): string {
  const t = messagesIn(language);
  const lines = findings.map((finding) => {
    const words = messageOf(finding, language).slice(0, LONGEST_MESSAGE);
    const url = addresses.get(finding.fingerprint);
    const message = url === undefined ? escapeMarkdown(words) : link(words, url);
    const place = finding.path === null ? '' : ` ${codeSpan(placeOf(finding))}`;
    return `- ${DOTS[finding.severity]} ${escapeMarkdown(t.common.severity[finding.severity])}: ${message}${place}`;
  });
  return [head, '', ...lines, ...(left > 0 ? [`- ${escapeMarkdown(t.pullRequests.more(left))}`] : [])].join('\n');
}

function placeOf({ path, startLine }: Finding): string {
  return startLine === null ? (path ?? '') : `${path}:${startLine}`;
}
