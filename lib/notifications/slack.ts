import type { Message, Section } from './message';
import { cut, plainCut } from './plain-words';

/** Limits of Block Kit: https://docs.slack.dev/reference/block-kit/blocks */
const HEADER = 150;
const TEXT = 3_000;
const BLOCKS = 50;
/** Of the one-line text that notifications show. */
const FALLBACK = 400;

/** What a Slack incoming webhook takes. What others wrote is `plain_text`, in which Slack reads no mark-up. */
export function toSlack({ title, sections, notes }: Message): object {
  const blocks = sections.flatMap(blocksOf);
  const foot =
    notes.length > 0
      ? [{ type: 'context', elements: [plain(notes.map((note) => plainCut(note, TEXT)).join('\n'), TEXT)] }]
      : [];
  const room = BLOCKS - 1 - foot.length;
  return {
    text: escapeText(plainCut(title, FALLBACK)),
    blocks: [{ type: 'header', text: plain(plainCut(title, HEADER), HEADER) }, ...blocks.slice(0, room), ...foot],
    link_names: false,
    parse: 'none',
    unfurl_links: false,
    unfurl_media: false,
  };
}

function blocksOf({ title, lines, link }: Section): object[] {
  const text = [title, ...lines.map((line) => `• ${line}`)].map((line) => plainCut(line, TEXT)).join('\n');
  const section = { type: 'section', text: plain(text, TEXT) };
  if (!link) return [section];
  // Ours alone: the label is a text of the product.
  return [
    section,
    { type: 'context', elements: [{ type: 'mrkdwn', text: `<${escapeUrl(link.url)}|${escapeText(link.label)}>` }] },
  ];
}

function plain(text: string, most: number): object {
  return { type: 'plain_text', text: cut(text, most), emoji: false };
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function escapeUrl(url: string): string {
  return escapeText(url).replaceAll('|', '%7C');
}
