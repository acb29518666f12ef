/** A text file that can be edited by lines and given back byte for byte. */
export interface SourceText {
  /** Without line ends, and without a byte order mark before the first. */
  lines: readonly string[];
  /** Of each line, `''` for a last one that nothing ends. */
  ends: readonly string[];
  mark: '' | '\ufeff';
}

const MARK = '\ufeff';

/** null for what is not whole UTF-8 text: an edit would change bytes beside it. */
export function readSource(bytes: Uint8Array): SourceText | null {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
  if (text.includes('\u0000')) return null;
  const mark = text.startsWith(MARK) ? MARK : '';
  const lines: string[] = [];
  const ends: string[] = [];
  let start = mark.length;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const stop = feed < 0 ? text.length : feed;
    const isCrLf = feed > start && text[feed - 1] === '\r';
    lines.push(text.slice(start, isCrLf ? stop - 1 : stop));
    ends.push(feed < 0 ? '' : isCrLf ? '\r\n' : '\n');
    start = stop + 1;
  }
  return { lines, ends, mark };
}

export function textOfSource({ lines, ends, mark }: SourceText): string {
  return mark + lines.map((line, at) => line + (ends[at] ?? '')).join('');
}
