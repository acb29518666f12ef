import { bandOf } from '@/lib/i18n/bands';
import { messagesIn } from '@/lib/i18n/messages';
import { statusOfMagic } from '@/lib/i18n/status-of-magic';
import type { Language, MagicId, MagicStatus } from '@/lib/magics/types';
import type { BadgeMetric } from '@/lib/schemas/badges';

/** What a badge may tell of a project. */
export interface BadgeFacts {
  health: number | null;
  /** Magics with a score, and those that were asked. */
  judged: number;
  asked: number;
  gate: 'passed' | 'warning' | 'failed' | null;
  magics: Partial<
    Record<MagicId, { status: MagicStatus | 'waiting' | 'running'; score: number | null; coverage: number | null }>
  >;
}

type Tone = 'good' | 'fair' | 'bad' | 'none';

/** Each with white text at 5.4 or more. */
const COLOURS: Record<Tone, string> = { good: '#3A6434', fair: '#7A5200', bad: '#AE2F1A', none: '#57524A' };
const LABEL_COLOUR = '#24211D';
const HEIGHT = 20;
const PADDING = 7;

/** A badge as SVG; null facts: nothing is told of the project. What is missing is said to be missing, never passed. */
export function buildBadge(metric: BadgeMetric, facts: BadgeFacts | null, language: Language): string {
  const t = messagesIn(language);
  const label = labelOf(metric, language);
  const { text, tone } = facts
    ? wordsOf(metric, facts, language)
    : { text: t.share.badge.unknown, tone: 'none' as const };
  return draw(facts ? label : t.common.product, text, COLOURS[tone]);
}

function labelOf(metric: BadgeMetric, language: Language): string {
  const t = messagesIn(language);
  if (metric === 'health') return t.share.badge.health;
  return metric === 'gate' ? t.share.badge.gate : t.common.magics[metric];
}

function wordsOf(metric: BadgeMetric, facts: BadgeFacts, language: Language): { text: string; tone: Tone } {
  const t = messagesIn(language);
  const missing = { text: t.common.noScore, tone: 'none' as const };
  if (metric === 'gate') {
    const { gate } = facts;
    if (gate === null) return { text: t.share.badge.noVerdict, tone: 'none' };
    return { text: t.common.status[gate], tone: toneOf(gate) };
  }
  if (metric === 'health') {
    if (facts.health === null) return missing;
    const shown = Math.round(facts.health);
    const part = facts.judged < facts.asked ? ` (${t.common.coverageOf(facts.judged, facts.asked)})` : '';
    const band = shown >= 75 ? 'good' : shown >= 60 ? 'fair' : 'bad';
    return { text: `${shown} ${t.common.bands[bandOf(facts.health)]}${part}`, tone: band };
  }
  const magic = facts.magics[metric];
  if (!magic) return missing;
  if (magic.score === null) return { text: t.common.status[magic.status], tone: 'none' };
  return { text: `${Math.round(magic.score)} ${statusOfMagic(magic, t)}`, tone: toneOf(magic.status) };
}

function toneOf(status: string): Tone {
  if (status === 'passed') return 'good';
  if (status === 'warning') return 'fair';
  return status === 'failed' ? 'bad' : 'none';
}

/** Without style elements: the answer's content security policy forbids them. Without ids: a page may have two badges. */
function draw(label: string, value: string, colour: string): string {
  const [left, right] = [textWidth(label), textWidth(value)];
  const split = left + 2 * PADDING;
  const width = split + right + 2 * PADDING;
  const title = escapeXml(`${label}: ${value}`);
  const text = (x: number, length: number, words: string) =>
    `<text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escapeXml(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<path d="M4 0h${split - 4}v${HEIGHT}H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z" fill="${LABEL_COLOUR}"/>`,
    `<path d="M${split} 0h${width - split - 4}a4 4 0 0 1 4 4v${HEIGHT - 8}a4 4 0 0 1-4 4h-${width - split - 4}z" fill="${colour}"/>`,
    // A light edge, so that the dark half is seen on a dark page too.
    `<rect x=".5" y=".5" width="${width - 1}" height="${HEIGHT - 1}" rx="3.5" fill="none" stroke="#fff" stroke-opacity=".22"/>`,
    `<g fill="#fff" font-family="Verdana,'DejaVu Sans','Noto Sans JP','Hiragino Sans',sans-serif" font-size="11">`,
    text(PADDING, left, label),
    text(split + PADDING, right, value),
    '</g></svg>',
  ].join('');
}

/** Widths in Verdana at 11 px; what is not Latin is as wide as it is high. */
function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return Math.ceil(width);
}

function widthOf(character: string): number {
  if (character > '\u2e7f') return 11;
  if (/[iljI|.,:;'’ ()[\]!ft]/.test(character)) return 4.4;
  if (/[mwMW%@]/.test(character)) return 10.6;
  if (/[A-Z]/.test(character)) return 7.7;
  return 6.9;
}

function escapeXml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? '');
}
