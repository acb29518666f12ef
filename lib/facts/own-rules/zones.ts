import type { KeyedMatcher } from '@/lib/magics/own-rules/matcher';
import { endOf, nodesWithRole, startOf } from '../code/code-tree';
import { loadLanguage } from '../code/grammar';
import { parse } from '../code/parse';
import { languageOfBlob } from '../language-of-blob';
import { languageFor } from '../languages/registry';
import { lexComments } from '../text/comment-lexer';
import { firstLineOf } from '../text/first-line';
import { LEXER_FAMILIES, lexerFamilyFor } from '../text/lexer-families';

type Where = Extract<KeyedMatcher, { kind: 'pattern' }>['where'];

interface Span {
  kind: 'comment' | 'string';
  start: number;
  end: number;
}

/** A text with all but a part of it blanked, so that lines and columns stay where they are; null where nothing tells the parts. */
export type Zones = { textOf(where: Exclude<Where, 'all'>): string } | null;

const NOT_A_LINE_END = /[^\n]/g;

/** Tells comments and strings from code: by the grammar of the language, else by how such files write them. */
export async function findZones(path: string, text: string): Promise<Zones | 'no-parse'> {
  const spans = await spansOf(path, text);
  if (spans === null || spans === 'no-parse') return spans;
  const known = new Map<string, string>();
  return {
    textOf(where) {
      const made = known.get(where) ?? buildText(text, spans, where);
      known.set(where, made);
      return made;
    },
  };
}

async function spansOf(path: string, text: string): Promise<Span[] | null | 'no-parse'> {
  const language = languageOfBlob(path, text) ?? languageFor(path);
  if (language) {
    const tree = parse(text, await loadLanguage(language));
    if (!tree) return 'no-parse';
    const of = (kind: Span['kind']) =>
      nodesWithRole(tree, kind).map((node) => ({ kind, start: startOf(tree, node), end: endOf(tree, node) }));
    return [...of('comment'), ...of('string')].sort((a, b) => a.start - b.start || b.end - a.end);
  }
  const family = lexerFamilyFor(path) ?? (firstLineOf(text).startsWith('#!') ? 'hash' : 'prose');
  if (family === 'prose') return null;
  const spans: Span[] = [];
  lexComments(text, LEXER_FAMILIES[family], (kind, start, end) => spans.push({ kind, start, end }));
  return spans;
}

function buildText(text: string, spans: readonly Span[], where: Exclude<Where, 'all'>): string {
  const parts: string[] = [];
  let at = 0;
  const take = (end: number, isKept: boolean) => {
    if (end <= at) return;
    const part = text.slice(at, end);
    parts.push(isKept ? part : part.replace(NOT_A_LINE_END, ' '));
    at = end;
  };
  for (const { kind, start, end } of spans) {
    // What lies in a string that was taken already, such as code between its parts, is of that string.
    if (end <= at) continue;
    take(start, where === 'code');
    if (kind === 'comment') {
      take(end, where === 'comments');
      continue;
    }
    // The marks at both ends tell code that there is a text.
    take(Math.min(start + 1, end), where !== 'comments');
    take(end - 1, where === 'strings');
    take(end, where !== 'comments');
  }
  take(text.length, where === 'code');
  return parts.join('');
}
