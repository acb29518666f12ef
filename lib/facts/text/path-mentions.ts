import type { LanguageId } from '@/lib/magics/facts/code';

/** Words of their own among mentions: the file starts by itself, or loads what it names while it runs. */
export const PROGRAM_MARK = '<program>';
export const LOADER_MARK = '<loader>';
/** Before what a statement imports by name, as opposed to a path that happens to stand in the text. */
export const PACKAGE_PREFIX = 'package:';

const MAX_MENTIONS = 1_000;
const MAX_LENGTH = 160;
/** Longer files are tables of data. */
const MAX_SETTINGS = 32_000;
const ECMA: ReadonlySet<LanguageId> = new Set(['typescript', 'tsx', 'javascript']);

const FILE_ENDINGS = ['.js', '.ts', '.mjs', '.cjs', '.mts', '.cts', '.py', '.rs'];
const IS_FILE = /^[\w.-]{1,100}\.(?:[cm]?[jt]sx?|py|rs)$/;
const IMPORTED =
  /\b(?:from|import|require\(|import\(|@import|@use|@plugin)\s{0,3}["'`](?<name>[^"'`\n\s]{1,150})["'`]/g;
/** A file or a program of an installed package. */
const INSTALLED = /\bnode_modules\/(?:\.bin\/)?(?<name>(?:@[\w.-]{1,60}\/)?[A-Za-z0-9][\w.-]{0,80})/g;
/** Code that loads packages by names it computes holds their names somewhere. */
const QUOTED_PACKAGE = /["'`](?<name>(?:@[\w.-]{1,60}\/)?[a-z][a-z0-9]{0,40}-[a-z0-9.-]{1,60})["'`]/g;
/** Express loads an engine for views by its name. */
const VIEW_ENGINE = /["'`]view engine["'`]\s{0,3},\s{0,3}["'`](?<name>[\w@/.-]{1,60})["'`]/g;
const QUOTED_MODULE = /["'](?<name>[A-Za-z_]\w{0,60}(?:\.[A-Za-z_]\w{0,60}){1,8})(?=[:"'])/g;
const WRITTEN_MODULE = /(?<![\w./-])[A-Za-z_]\w{0,60}(?:\.[A-Za-z_]\w{0,60}){1,8}/g;
const RUST_MODULE = /\bmod\s{1,3}(?:r#)?(?<name>\w{1,80})\s{0,3};/g;
/** Names of directories and files are put together in the arguments of these. */
const JOINED =
  /\b(?:join|resolve|readdir\w{0,10}|glob\w{0,10}|scandir|listdir|walk|iterdir|fork|Worker|load\w{0,20}|autoload\w{0,10}|import_module)\s{0,2}\((?<list>[^()\n]{1,200})/g;
const QUOTED_WORD = /["'`](?<name>[\w@-]{2,60})["'`]/g;
const ECMA_LOADER = /(?<![\w$.])(?:require|import)\s{0,2}\(\s{0,20}(?!["'`)\s])/;
const PYTHON_LOADER =
  /\b(?:import_module|__import__|iter_modules|walk_packages|spec_from_file_location|autodiscover\w{0,30})\s{0,2}\(/;
const GIVES = /\bexports?\b|\bdefine\(/;
const STARTED = /\brequire\.main\b|\bimport\.meta\.main\b|\bprocess\.argv\[1\]/;
const WORD = /(?<![\w./-])@?[a-z][\w.-]{1,80}/gi;

/** Part of a path as texts write it, globs and templates included. */
function isPathCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 45 ||
    code === 46 ||
    code === 95 ||
    code === 47 ||
    code === 42 ||
    code === 64 ||
    code === 126 ||
    code === 36 ||
    code === 91 ||
    code === 93 ||
    code > 127
  );
}

/** Words that a text may name files, directories, modules or packages by, each once, in the order they come. */
export function findPathMentions(text: string, language: LanguageId | null, isSettings: boolean): string[] {
  const found = new Set<string>();
  const add = (name: string) => {
    if (found.size < MAX_MENTIONS) found.add(name);
  };
  if (isProgram(text, language)) add(PROGRAM_MARK);
  if (
    language === 'python' ? PYTHON_LOADER.test(text) : language !== null && ECMA.has(language) && ECMA_LOADER.test(text)
  ) {
    add(LOADER_MARK);
  }
  addPaths(text, add);
  addFiles(text, add);
  addAll(text, INSTALLED, (name) => add(PACKAGE_PREFIX + name));
  if (language === null) {
    addAll(text, IMPORTED, (name) => add(PACKAGE_PREFIX + name));
    addWritten(text, WRITTEN_MODULE, add);
  } else {
    if (language === 'rust') addAll(text, RUST_MODULE, (name) => add(`${name}.rs`));
    if (language === 'python') addAll(text, QUOTED_MODULE, add);
    if (ECMA.has(language)) addAll(text, VIEW_ENGINE, (name) => add(PACKAGE_PREFIX + name));
    addJoined(text, add);
  }
  if (language !== null && ECMA.has(language)) addAll(text, QUOTED_PACKAGE, (name) => add(PACKAGE_PREFIX + name));
  if (isSettings && text.length <= MAX_SETTINGS) addWritten(text, WORD, (name) => add(PACKAGE_PREFIX + name));
  return [...found];
}

/** A script gives nothing away, or asks whether it is the one that was started. */
function isProgram(text: string, language: LanguageId | null): boolean {
  if (language === null) return false;
  if (language === 'python') return text.includes('__main__') || text.startsWith('#!');
  if (!ECMA.has(language)) return false;
  return text.startsWith('#!') || STARTED.test(text) || !GIVES.test(text);
}

function addAll(text: string, pattern: RegExp, add: (name: string) => void): void {
  for (const { groups } of text.matchAll(pattern)) if (groups?.name) add(groups.name);
}

function addWritten(text: string, pattern: RegExp, add: (name: string) => void): void {
  for (const [name] of text.matchAll(pattern)) add(name);
}

function addJoined(text: string, add: (name: string) => void): void {
  for (const { groups } of text.matchAll(JOINED)) addAll(groups?.list ?? '', QUOTED_WORD, (name) => add(`./${name}`));
}

/** From each slash to both sides, so that the cost is the length of the text whatever stands in it. */
function addPaths(text: string, add: (name: string) => void): void {
  let end = 0;
  for (let slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', end)) {
    const next = text.charCodeAt(slash + 1);
    if (next === 47 || next === 42) {
      end = slash + 2;
      continue;
    }
    let start = slash;
    while (start > end && slash - start < MAX_LENGTH && isPathCharacter(text.charCodeAt(start - 1))) start -= 1;
    end = slash + 1;
    while (end - slash < MAX_LENGTH && isPathCharacter(text.charCodeAt(end))) end += 1;
    const path = text.slice(start, end);
    if (/\w/.test(path)) add(path);
  }
}

function addFiles(text: string, add: (name: string) => void): void {
  for (const ending of FILE_ENDINGS) {
    for (let at = text.indexOf(ending); at >= 0; at = text.indexOf(ending, at + ending.length)) {
      let start = at;
      while (start > 0 && at - start < MAX_LENGTH && isPathCharacter(text.charCodeAt(start - 1))) start -= 1;
      let end = at + ending.length;
      while (end - at < 8 && isPathCharacter(text.charCodeAt(end))) end += 1;
      const name = text.slice(start, end);
      if (IS_FILE.test(name)) add(name);
    }
  }
}
