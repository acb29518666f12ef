/** A part of the code that coverage does not count, as a glob: `**` crosses directories, `*` does not. */
interface Exclusion {
  line: number;
  pattern: string;
}

const MAX_PATTERNS = 100;
const MAX_PATTERN = 200;
const MAX_LIST = 5000;

export function exclusionsOf(name: string, text: string, lines: readonly string[]): Exclusion[] {
  const found = /^(?:\.coveragerc|setup\.cfg|tox\.ini|pyproject\.toml)$/.test(name)
    ? pythonOmits(lines)
    : /codecov\.ya?ml$/.test(name)
      ? yamlIgnores(lines)
      : /\.properties$/.test(name)
        ? sonarExclusions(lines)
        : /\.xml(?:\.dist)?$/.test(name)
          ? xmlExcludes(name, text)
          : /\.rb$|^\.simplecov$/.test(name)
            ? rubyFilters(lines)
            : ecmaExcludes(name, text);
  return found
    .map(({ line, pattern }) => ({ line, pattern: pattern.replace(/^\.?\//, '') }))
    .filter(({ pattern }) => pattern !== '' && pattern.length <= MAX_PATTERN)
    .slice(0, MAX_PATTERNS);
}

/** `omit` of coverage.py, on one line, indented below, or as a TOML list. Its `*` crosses directories. */
function pythonOmits(lines: readonly string[]): Exclusion[] {
  const found: Exclusion[] = [];
  let isOmit = false;
  let isCoverage = false;
  for (const [at, line] of lines.entries()) {
    const section = /^\s{0,4}\[{1,2}([^\]]{1,80})\]/.exec(line)?.[1];
    if (section !== undefined && !isOmit) isCoverage = /^(?:tool\.coverage\.|coverage:)?(?:run|report)$/.test(section);
    if (!isCoverage) continue;
    const start = /^omit\s{0,3}=(.*)$/.exec(line);
    if (start) isOmit = true;
    else if (isOmit && !/^\s|^\]/.test(line)) isOmit = false;
    if (!isOmit) continue;
    for (const part of (start?.[1] ?? line).replace(/\s#.*$/, '').split(/[,\s[\]]+/)) {
      const pattern = part.replace(/^["']|["']$/g, '');
      if (pattern !== '') found.push({ line: at + 1, pattern: pattern.replace(/\*+/g, '**') });
    }
    if (/\]\s*$/.test(line)) isOmit = false;
  }
  return found;
}

function yamlIgnores(lines: readonly string[]): Exclusion[] {
  const found: Exclusion[] = [];
  let isIgnore = false;
  for (const [at, line] of lines.entries()) {
    if (/^\S/.test(line)) isIgnore = /^ignore:/.test(line) || (isIgnore && /^-/.test(line));
    const item = isIgnore ? /^\s{0,8}-\s{1,4}["']?([^"'#]{1,200})/.exec(line)?.[1]?.trim() : undefined;
    // Some are regular expressions; only plain ones are understood.
    if (item && !/[\\^$|()+]/.test(item)) found.push({ line: at + 1, pattern: item });
  }
  return found;
}

function sonarExclusions(lines: readonly string[]): Exclusion[] {
  return lines.flatMap((line, at) => {
    const list = /^sonar\.coverage\.exclusions\s{0,3}=(.*)$/.exec(line)?.[1] ?? '';
    return list.split(',').map((pattern) => ({ line: at + 1, pattern: pattern.trim() }));
  });
}

/** Of the JaCoCo plug-in, which names classes; of PHPUnit, which names directories and files. */
function xmlExcludes(name: string, text: string): Exclusion[] {
  const isMaven = name === 'pom.xml';
  const from = isMaven ? text.indexOf('<artifactId>jacoco-maven-plugin') : text.search(/<(?:source|coverage)\b/);
  const end =
    from < 0
      ? -1
      : text.indexOf(isMaven ? '</plugin>' : text.startsWith('<source', from) ? '</source>' : '</coverage>', from);
  if (end < 0) return [];
  const block = text.slice(from, end);
  const found: Exclusion[] = [];
  for (const match of block.matchAll(/<exclude>([^<]{0,200})/g)) {
    const line = lineAt(text, from + match.index);
    if (match[1]?.trim()) {
      found.push({ line, pattern: `**/${match[1].trim().replace(/\.class$/, '.*')}` });
      continue;
    }
    const inner = block.slice(match.index, Math.max(match.index, block.indexOf('</exclude>', match.index)));
    for (const part of inner.matchAll(/<(?:directory|file)[^<>]{0,100}>([^<]{1,200})</g)) {
      found.push({ line: lineAt(text, from + match.index + part.index), pattern: (part[1] ?? '').trim() });
    }
  }
  return found;
}

function rubyFilters(lines: readonly string[]): Exclusion[] {
  return lines.flatMap((line, at) => {
    const filter = /^\s{0,20}add_filter[\s(]{1,3}["']([^"']{1,200})["']/.exec(line)?.[1];
    return filter ? [{ line: at + 1, pattern: `**${filter}**` }] : [];
  });
}

function ecmaExcludes(name: string, text: string): Exclusion[] {
  const found: Exclusion[] = [];
  for (const match of text.matchAll(/["']?coveragePathIgnorePatterns["']?\s{0,3}:\s{0,3}\[/g)) {
    for (const { line, pattern } of listFrom(text, match.index + match[0].length)) {
      const plain = pattern
        .replace(/^<rootDir>/, '')
        .replace(/\\/g, '')
        .replace(/[$^]/g, '');
      if (/^[\w/.@-]{2,}$/.test(plain)) found.push({ line, pattern: `**${plain}**` });
    }
  }
  for (const match of text.matchAll(/["']?collectCoverageFrom["']?\s{0,3}:\s{0,3}\[/g)) {
    for (const { line, pattern } of listFrom(text, match.index + match[0].length)) {
      if (pattern.startsWith('!')) found.push({ line, pattern: pattern.slice(1).replace(/^<rootDir>\//, '') });
    }
  }
  const isOwnFile = /^\.(?:nycrc|c8rc)/.test(name);
  const start = isOwnFile ? 0 : text.search(/["']?\b(?:coverage|nyc|c8)["']?\s{0,3}:\s{0,3}\{/);
  if (start < 0) return found;
  const block = text.slice(start, start + blockLength(text, start));
  const list = /["']?\bexclude["']?\s{0,3}:\s{0,3}\[/.exec(block);
  if (list) found.push(...listFrom(text, start + list.index + list[0].length));
  return found;
}

/** Length up to the brace that closes the first one. */
function blockLength(text: string, start: number): number {
  let depth = 0;
  const end = Math.min(text.length, start + MAX_LIST);
  for (let at = start; at < end; at++) {
    if (text[at] === '{') depth += 1;
    else if (text[at] === '}') {
      depth -= 1;
      if (depth <= 0) return at - start;
    }
  }
  return end - start;
}

/** Strings up to the bracket that closes a list. */
function listFrom(text: string, start: number): Exclusion[] {
  const list = text.slice(start, start + MAX_LIST);
  const found: Exclusion[] = [];
  for (const token of list.matchAll(/\]|\/\/[^\n]*|(["'`])([^"'`\n]{1,200})\1/g)) {
    if (token[0] === ']') break;
    if (token[2] !== undefined) found.push({ line: lineAt(text, start + token.index), pattern: token[2] });
    if (found.length >= MAX_PATTERNS) break;
  }
  return found;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
