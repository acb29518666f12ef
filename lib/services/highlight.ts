import {
  createHighlighterCore,
  type GrammarState,
  type HighlighterCore,
  type ThemedToken,
  type ThemeRegistration,
} from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import type { LanguageId } from '@/lib/magics/facts/code';

export type TokenKind = 'keyword' | 'string' | 'number' | 'name' | 'comment' | 'plain';
export interface Token {
  text: string;
  kind: TokenKind;
}

/** For all lines, and for one of them. */
const TIME_LIMIT_MS = 250;
const LINE_LIMIT_MS = 150;
const NO_LIMIT = 0;
/** Lines read before the first shown one, so that a comment or string that began there is known. */
const LEAD_LINES = 300;
const CHUNK_LINES = 3;
const WARM_UP = 'const total = sum(\'a\', 1); // adds\nfunction f(x) { return x + "y"; }\n# note\n/* a */ class A {}\n';
const MAX_LINE_LENGTH = 2000;

/** The theme's colours are only names: each stands for a kind, which the page colours with its own tokens. */
const COLOUR_OF: Record<TokenKind, string> = {
  plain: '#000000',
  keyword: '#000001',
  string: '#000002',
  number: '#000003',
  name: '#000004',
  comment: '#000005',
};
const kindOf = new Map<string, TokenKind>(
  Object.entries(COLOUR_OF).map(([kind, colour]) => [colour, kind as TokenKind]),
);

const SCOPES: [TokenKind, string[]][] = [
  ['comment', ['comment', 'punctuation.definition.comment']],
  ['string', ['string', 'punctuation.definition.string']],
  ['number', ['constant.numeric', 'constant.language']],
  ['keyword', ['keyword', 'storage', 'keyword.operator.new', 'keyword.operator.expression']],
  ['plain', ['keyword.operator']],
  ['name', ['entity.name', 'support.function', 'support.class', 'support.type']],
];

const theme: ThemeRegistration = {
  name: 'kinds',
  type: 'light',
  fg: COLOUR_OF.plain,
  bg: '#ffffff',
  settings: SCOPES.map(([kind, scope]) => ({ scope, settings: { foreground: COLOUR_OF[kind] } })),
};

const GRAMMAR: Record<LanguageId, string> = {
  typescript: 'typescript',
  tsx: 'tsx',
  javascript: 'javascript',
  python: 'python',
  go: 'go',
  java: 'java',
  rust: 'rust',
  c: 'c',
  cpp: 'cpp',
  csharp: 'csharp',
  ruby: 'ruby',
  php: 'php',
  kotlin: 'kotlin',
  bash: 'bash',
};

let highlighter: Promise<HighlighterCore> | undefined;

/**
 * Lines `from` to `to` (1-based, inclusive) as coloured runs of text. Without a grammar runs are plain, and so is what is
 * left when the time is over: the code is hostile and this thread serves everybody. Code of ours may take its time.
 */
export async function highlight(
  lines: readonly string[],
  language: LanguageId | null,
  { from, to, timeLimitMs = TIME_LIMIT_MS }: { from: number; to: number; timeLimitMs?: number },
): Promise<Token[][]> {
  const shown = lines.slice(from - 1, to);
  if (!language) return shown.map(toPlain);
  const shared = await loadGrammar(GRAMMAR[language]);
  const start = Math.max(0, from - 1 - LEAD_LINES);
  const deadline = performance.now() + timeLimitMs;
  const coloured: Token[][] = [];
  let grammarState: GrammarState | undefined;
  for (let at = start; at < to && at < lines.length && performance.now() < deadline; at += CHUNK_LINES) {
    const chunk = lines.slice(at, Math.min(to, at + CHUNK_LINES));
    const tokens = shared.codeToTokensBase(chunk.join('\n'), {
      lang: GRAMMAR[language],
      theme: 'kinds',
      tokenizeTimeLimit: timeLimitMs === Number.POSITIVE_INFINITY ? NO_LIMIT : LINE_LIMIT_MS,
      tokenizeMaxLineLength: MAX_LINE_LENGTH,
      ...(grammarState && { grammarState }),
    });
    grammarState = shared.getLastGrammarState(tokens);
    for (const line of tokens) coloured.push(line.map(toToken));
  }
  return shown.map((text, index) => coloured[from - 1 - start + index] ?? toPlain(text));
}

function toPlain(text: string): Token[] {
  return [{ text, kind: 'plain' }];
}

function toToken({ content, color }: ThemedToken): Token {
  return { text: content, kind: kindOf.get((color ?? '').toLowerCase()) ?? 'plain' };
}

async function loadGrammar(name: string): Promise<HighlighterCore> {
  highlighter ??= createHighlighterCore({
    themes: [theme],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const shared = await highlighter;
  if (!shared.getLoadedLanguages().includes(name)) {
    const { bundledLanguages } = await import('shiki/langs');
    const load = bundledLanguages[name as keyof typeof bundledLanguages];
    await shared.loadLanguage(load);
    // The first line compiles the grammar's patterns; that must not count against the code of a page.
    shared.codeToTokensBase(WARM_UP, { lang: name, theme: 'kinds', tokenizeTimeLimit: NO_LIMIT });
  }
  return shared;
}
