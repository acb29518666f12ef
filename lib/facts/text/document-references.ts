import type { DocumentReferenceFact } from '@/lib/magics/facts/code';
import type { BlobRow } from '../blob-facts';

type Row = BlobRow<DocumentReferenceFact>;

const MAX_ROWS = 2_000;
const MAX_LINE = 4_000;
const MAX_TARGET = 500;

const FENCE = /^[ \t>]{0,20}(?<mark>`{3,}|~{3,})[ \t]*(?<info>[^`\n]{0,100})/;
const SHELL = /^(?:$|(?:ba|z|fi)?sh\b|shell|console|terminal|text\b|powershell|cmd\b|bat\b)/i;
const INLINE_CODE = /(?<!`)(?<ticks>`{1,3})(?!`)(?<code>[^`]{1,300})\k<ticks>(?!`)/g;
const LINK =
  /\]\(\s{0,5}(?:<(?<angled>[^<>\n]{1,500})>|(?<plain>[^\s()<>]{1,500}(?:\([^\s()]{0,100}\)[^\s()<>]{0,300})?))(?:\s{1,5}["'(][^\n]{0,300}?["')])?\s{0,5}\)/g;
const DEFINITION = /^[ \t]{0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]{1,10}<?(?<target>[^\s<>]{1,500})>?(?:[ \t]|$)/;
const HTML = /<(?:a|img|source|video)\b[^<>]{0,500}?\s(?:href|src)\s{0,3}=\s{0,3}["'](?<target>[^"'\n]{1,500})["']/gi;
const COMMAND =
  /(?:^|[\s$&|;(])(?<runner>(?:npm|pnpm|yarn|bun)[ \t]+run(?:-script)?|composer[ \t]+run(?:-script)?|make|just)[ \t]+(?<name>[A-Za-z][\w:.\-/]{0,80})(?=$|[\s`;&|)"',])/g;
/** The directory is another one: its scripts are not known. */
const ELSEWHERE = /(?:^|[\s;&|])(?:cd|pushd)[ \t]+\S|\b(?:create|init|degit|new)\b/;
/** A project is made here, and what follows is run in it. */
const GENERATES =
  /^[ \t$>]{0,20}(?:npx|npm|pnpm|yarn|bun|bunx)[ \t]+(?:init[ \t]+[\w@]|create\b|create-[\w-]{1,40}|dlx[ \t]+create-)/;
const SCHEME = /^(?:[a-z][a-z0-9+.-]*:|\/\/|#|\?)/i;
/** Made by a template or meant as an example. */
const UNREAL = /[{}<>$*|\\]|\.\.\.|…|%7B|path\/to|\byour[-_]/i;

/** Relative links and commands of a Markdown text, by line. Code blocks hold commands only; HTML comments hold nothing. */
export function findDocumentReferences(text: string): Row[] {
  const rows: Row[] = [];
  let fence: { mark: string; isShell: boolean; isElsewhere: boolean } | null = null;
  let isComment = false;
  let isElsewhere = false;
  const lines = text.split('\n');
  for (let index = 0; index < lines.length && rows.length < MAX_ROWS; index += 1) {
    const line = (lines[index] ?? '').slice(0, MAX_LINE);
    const mark = FENCE.exec(line)?.groups;
    if (GENERATES.test(line)) isElsewhere = true;
    if (fence) {
      if (mark?.mark?.startsWith(fence.mark) && mark.info?.trim() === '') fence = null;
      else if (fence.isShell) {
        if (ELSEWHERE.test(line)) fence.isElsewhere = true;
        if (!fence.isElsewhere && !isElsewhere) addCommands(rows, index + 1, line.replace(/(?:^|\s)#.*$/, ''));
      }
      continue;
    }
    if (mark?.mark && !isComment) {
      fence = { mark: mark.mark, isShell: SHELL.test(mark.info ?? ''), isElsewhere: false };
      continue;
    }
    const seen = withoutComments(line, isComment);
    isComment = seen.isComment;
    addLine(rows, index + 1, seen.text);
  }
  return rows;
}

function addLine(rows: Row[], line: number, text: string): void {
  if (!ELSEWHERE.test(text)) {
    for (const match of text.matchAll(INLINE_CODE)) addCommands(rows, line, match.groups?.code ?? '');
  }
  const prose = text.replace(INLINE_CODE, '`code`');
  const definition = DEFINITION.exec(prose)?.groups?.target;
  if (definition !== undefined) addLink(rows, line, definition);
  for (const { groups } of prose.matchAll(LINK)) addLink(rows, line, groups?.angled ?? groups?.plain ?? '');
  for (const { groups } of prose.matchAll(HTML)) addLink(rows, line, groups?.target ?? '');
}

function addCommands(rows: Row[], line: number, text: string): void {
  for (const { groups } of text.matchAll(COMMAND)) {
    const runner = (groups?.runner ?? '').split(/[ \t]/, 1)[0] ?? '';
    rows.push({ line, form: 'command', runner, target: (groups?.name ?? '').replace(/\.$/, '') });
  }
}

function addLink(rows: Row[], line: number, written: string): void {
  if (SCHEME.test(written) || UNREAL.test(written)) return;
  const target = decoded(written.replace(/[?#].*$/, ''));
  if (target !== '') rows.push({ line, form: 'link', runner: null, target: target.slice(0, MAX_TARGET) });
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

/** The line without what stands in HTML comments. */
function withoutComments(line: string, wasComment: boolean): { text: string; isComment: boolean } {
  const parts: string[] = [];
  let isComment = wasComment;
  let at = 0;
  while (at < line.length) {
    const mark = line.indexOf(isComment ? '-->' : '<!--', at);
    const end = mark < 0 ? line.length : mark;
    if (!isComment) parts.push(line.slice(at, end));
    if (mark < 0) break;
    at = mark + (isComment ? 3 : 4);
    isComment = !isComment;
  }
  return { text: parts.join(' '), isComment };
}
