import { createHighlighterCore, type HighlighterCore, type ThemeRegistration } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import type { LanguageId } from '@/lib/magics/facts';

export type TokenKind = 'keyword' | 'string' | 'number' | 'name' | 'comment' | 'plain';
export interface Token {
  text: string;
  kind: TokenKind;
}

const TIME_LIMIT_MS = 300;
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

/** Lines of a file as coloured runs of text. Without a grammar, or beyond the time limit, runs are plain. */
export async function highlight(code: string, language: LanguageId | null): Promise<Token[][]> {
  if (!language) return code.split('\n').map((text) => [{ text, kind: 'plain' }]);
  const shared = await loadGrammar(GRAMMAR[language]);
  const lines = shared.codeToTokensBase(code, {
    lang: GRAMMAR[language],
    theme: 'kinds',
    tokenizeTimeLimit: TIME_LIMIT_MS,
    tokenizeMaxLineLength: MAX_LINE_LENGTH,
  });
  return lines.map((tokens) =>
    tokens.map(({ content, color }) => ({ text: content, kind: kindOf.get((color ?? '').toLowerCase()) ?? 'plain' })),
  );
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
  }
  return shared;
}
