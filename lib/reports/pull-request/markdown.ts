const WORD_JOINER = '\u2060';
const MARKS = /[\\`*_{}[\]()<>#+\-.!|~&$]/g;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/**
 * Text of a repository, for Markdown: it looks the same, makes no link, calls nobody (`@name`, `!12`, `#12`), and stays on its
 * line.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(INVISIBLE, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[@#!](?=[\p{L}\p{N}_])/gu, `$&${WORD_JOINER}`)
    .replace(/\b(?<scheme>https?|ftp|mailto|www)(?=[:.])/giu, `$<scheme>${WORD_JOINER}`)
    .replace(MARKS, (mark) => `\\${mark}`);
}

/** A path or a name as code: nothing in it means anything. */
export function codeSpan(text: string): string {
  const plain = text.replace(INVISIBLE, ' ').trim() || ' ';
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = plain.startsWith('`') || plain.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${plain}${pad}${fence}`;
}

/** A link to an address of ours. */
export function link(words: string, url: string): string {
  return `[${escapeMarkdown(words)}](${url.replace(/[()\s<>]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)})`;
}
