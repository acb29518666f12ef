/** How comments and strings are written in text that no grammar parses. */
export interface LexerFamily {
  line: readonly string[];
  block: readonly (readonly [open: string, close: string])[];
  /** Quotes that end at the end of the line when they are not closed. */
  quotes: readonly string[];
  /** Quotes that may span lines, longest first. */
  longQuotes?: readonly (readonly [open: string, close: string])[];
  /** A line comment mark counts only at the start of a line or after white space. */
  spaceBefore?: boolean;
  /** A line comment mark counts only as the first text of a line. */
  lineStart?: boolean;
  /** Block comments nest. */
  nests?: boolean;
  /** Prose and data have no comments at all. */
  isProse?: boolean;
}

const C_BLOCK = [['/*', '*/']] as const;

export const LEXER_FAMILIES = {
  hash: { line: ['#'], block: [], quotes: ['"', "'"], spaceBefore: true },
  hashPlain: { line: ['#'], block: [], quotes: [], spaceBefore: true },
  hashStart: { line: ['#'], block: [], quotes: [], lineStart: true },
  ini: { line: ['#', ';'], block: [], quotes: [], lineStart: true },
  toml: {
    line: ['#'],
    block: [],
    quotes: ['"', "'"],
    longQuotes: [
      ['"""', '"""'],
      ["'''", "'''"],
    ],
  },
  slash: { line: ['//'], block: C_BLOCK, quotes: ['"', "'"], longQuotes: [['"""', '"""']] },
  nested: { line: ['//'], block: C_BLOCK, quotes: ['"'], longQuotes: [['"""', '"""']], nests: true },
  css: { line: [], block: C_BLOCK, quotes: ['"', "'"] },
  scss: { line: ['//'], block: C_BLOCK, quotes: ['"', "'"], spaceBefore: true },
  sql: { line: ['--'], block: C_BLOCK, quotes: ["'", '"', '`'] },
  lua: {
    line: ['--'],
    block: [
      ['--[[', ']]'],
      ['--[=[', ']=]'],
    ],
    quotes: ['"', "'"],
    longQuotes: [['[[', ']]']],
  },
  haskell: { line: ['--'], block: [['{-', '-}']], quotes: ['"'], nests: true },
  elm: { line: ['--'], block: [['{-', '-}']], quotes: ['"'], longQuotes: [['"""', '"""']], nests: true },
  markup: { line: [], block: [['<!--', '-->']], quotes: [] },
  terraform: { line: ['#', '//'], block: C_BLOCK, quotes: ['"'] },
  elixir: { line: ['#'], block: [], quotes: ['"'], longQuotes: [['"""', '"""']], spaceBefore: true },
  percent: { line: ['%'], block: [], quotes: ['"'] },
  lisp: { line: [';'], block: [['#|', '|#']], quotes: ['"'] },
  powershell: { line: ['#'], block: [['<#', '#>']], quotes: ['"', "'"], spaceBefore: true },
  julia: { line: ['#'], block: [['#=', '=#']], quotes: ['"'], longQuotes: [['"""', '"""']] },
  fsharp: { line: ['//'], block: [['(*', '*)']], quotes: ['"'], longQuotes: [['"""', '"""']], nests: true },
  ocaml: { line: [], block: [['(*', '*)']], quotes: ['"'], nests: true },
  batch: { line: ['REM ', 'rem ', '::', '@rem '], block: [], quotes: [], lineStart: true },
  vim: { line: ['"'], block: [], quotes: [], lineStart: true },
  prose: { line: [], block: [], quotes: [], isProse: true },
} as const satisfies Record<string, LexerFamily>;

export type LexerFamilyId = keyof typeof LEXER_FAMILIES;

const BY_EXTENSION: Record<string, LexerFamilyId> = {
  ...families('hash', 'pl pm t r tcl coffee nim cr awk gd bzl star bazel nix'),
  ...families('hashPlain', 'yml yaml mk mak cmake dockerfile containerfile gitignore dockerignore npmignore'),
  ...families('hashPlain', 'graphql gql fish zsh ksh csh'),
  ...families('hashStart', 'properties env conf gitattributes editorconfig'),
  ...families('ini', 'ini cfg inf reg service desktop'),
  ...families('toml', 'toml'),
  ...families('slash', 'groovy gradle proto thrift jsonc json5 m mm v sv vala glsl hlsl wgsl zig sol as asy pde ino'),
  ...families('slash', 'cu metal d jenkinsfile prisma cue bicep'),
  ...families('nested', 'swift scala sc dart sbt'),
  ...families('css', 'css'),
  ...families('scss', 'scss less styl sass'),
  ...families('sql', 'sql ddl dml psql pgsql plsql vhd vhdl ada adb ads'),
  ...families('lua', 'lua'),
  ...families('haskell', 'hs lhs purs idr agda'),
  ...families('elm', 'elm'),
  ...families(
    'markup',
    'html htm xhtml xml xsd xsl xslt svg vue svelte astro plist csproj vbproj fsproj props targets',
  ),
  ...families('markup', 'resx nuspec wsdl rss xaml jsp aspx cshtml razor hbs mustache ejs njk twig'),
  ...families('terraform', 'tf tfvars hcl nomad'),
  ...families('elixir', 'ex exs'),
  ...families('percent', 'erl hrl tex sty cls'),
  ...families('lisp', 'clj cljs cljc edn lisp lsp el scm rkt'),
  ...families('powershell', 'ps1 psm1 psd1'),
  ...families('julia', 'jl'),
  ...families('fsharp', 'fs fsi fsx'),
  ...families('ocaml', 'ml mli pas dpr'),
  ...families('batch', 'bat cmd'),
  ...families('vim', 'vim'),
  ...families('prose', 'md mdx markdown rst adoc asciidoc txt text json ndjson jsonl csv tsv lock sum mod po pot'),
  ...families('prose', 'ipynb snap map log diff patch srt'),
};

const BY_NAME: Record<string, LexerFamilyId> = {
  ...families(
    'hashPlain',
    'makefile gnumakefile bsdmakefile justfile dockerfile containerfile procfile codeowners cmakelists.txt',
  ),
  ...families('hashPlain', '.gitignore .dockerignore .npmignore .prettierignore .eslintignore .gitattributes .mailmap'),
  ...families(
    'hashPlain',
    'requirements.txt constraints.txt pipfile gemfile rakefile vagrantfile podfile brewfile meson.build',
  ),
  ...families('hashStart', '.env .envrc .npmrc .yarnrc'),
  ...families('ini', '.editorconfig .gitmodules .gitconfig .flake8 .pylintrc .coveragerc'),
  ...families('slash', 'jenkinsfile'),
  ...families('prose', 'license licence copying notice authors contributors readme changelog'),
};

function families(id: LexerFamilyId, names: string): Record<string, LexerFamilyId> {
  return Object.fromEntries(names.split(' ').map((name) => [name, id]));
}

/** Family by the path alone; null leaves it to the first line of the content. */
export function lexerFamilyFor(path: string): LexerFamilyId | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const named = own(BY_NAME, name);
  if (named) return named;
  if (/^(?:dockerfile|containerfile|makefile)[.-]/.test(name)) return 'hashPlain';
  if (name.startsWith('.env.')) return 'hashStart';
  const dot = name.lastIndexOf('.');
  return dot < 0 ? null : own(BY_EXTENSION, name.slice(dot + 1));
}

function own(table: Record<string, LexerFamilyId>, key: string): LexerFamilyId | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}
