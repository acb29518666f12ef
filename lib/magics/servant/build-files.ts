/** What container and make files say wrongly, read line by line. */

export interface BuildFlaw {
  form: 'latest' | 'root' | 'dead-target' | 'missing-script';
  line: number;
  name: string;
}

interface Line {
  line: number;
  text: string;
}

/** Lines without comments, joined where a backslash ends them. */
function logicalLines(text: string): Line[] {
  const found: Line[] = [];
  let open: Line | null = null;
  text.split(/\r?\n/).forEach((raw, index) => {
    if (open === null && /^\s*#/.test(raw)) return;
    const isContinued = raw.endsWith('\\');
    const part = isContinued ? raw.slice(0, -1) : raw;
    if (open) open.text += ` ${part.trim()}`;
    else open = { line: index + 1, text: part };
    if (isContinued) return;
    found.push(open);
    open = null;
  });
  if (open) found.push(open);
  return found;
}

const FROM = /^\s*FROM\s+(?:--\S+\s+)*(?<image>\S+)(?:\s+AS\s+(?<stage>\S+))?\s*$/i;
const USER = /^\s*USER\s+(?<user>\S+)/i;
/** Images that come with a user of their own or are run by nobody. */
const OWN_USER = /^scratch$|nonroot|unprivileged|rootless/i;
/** Their entry point starts as root to hand over to another user. */
const SWITCHES_USER = /\b(?:gosu|su-exec|setpriv|s6-setuidgid)\b/;
/** Images of tools that run once, in a build: the user does not matter there. */
const SERVES = /^\s*(?:EXPOSE|HEALTHCHECK)\b/i;

interface Stage {
  line: number;
  image: string;
  user: string | null;
  isService: boolean;
  switchesUser: boolean;
}

export function dockerfileFlaws(text: string): BuildFlaw[] {
  const flaws: BuildFlaw[] = [];
  const stages = new Map<string, Stage>();
  let last: Stage | null = null;
  for (const { line, text: content } of logicalLines(text)) {
    const from = FROM.exec(content)?.groups;
    if (from?.image) {
      const { image, stage } = from;
      const base = stages.get(image.toLowerCase());
      if (!base && isUnpinned(image)) flaws.push({ form: 'latest', line, name: image });
      last = {
        line,
        image: base?.image ?? image,
        user: base?.user ?? null,
        isService: false,
        switchesUser: base?.switchesUser ?? false,
      };
      if (stage) stages.set(stage.toLowerCase(), last);
    } else if (last) {
      last.user = USER.exec(content)?.groups?.user ?? last.user;
      last.isService ||= SERVES.test(content);
      last.switchesUser ||= SWITCHES_USER.test(content);
    }
  }
  if (
    last?.isService &&
    !last.switchesUser &&
    !OWN_USER.test(last.image) &&
    !last.image.includes('$') &&
    isRoot(last.user)
  ) {
    flaws.push({ form: 'root', line: last.line, name: last.image });
  }
  return flaws;
}

function isUnpinned(image: string): boolean {
  if (image === 'scratch' || image.includes('$') || image.includes('@')) return false;
  const name = image.slice(image.lastIndexOf('/') + 1);
  return !name.includes(':') || name.endsWith(':latest');
}

function isRoot(user: string | null): boolean {
  return user === null || /^(?:root|0)(?::|$)/.test(user);
}

const RULE = /^(?<targets>[^\s#:=][^:=]{0,2000}?)\s*::?(?!=)/;
const PHONY = /^\.PHONY\s*:\s*(?<names>[^#]*)/;
/** Rules of these are written elsewhere or made while make runs. */
const DYNAMIC = /^[ \t]*-?s?include\s|\$\(eval|\$\(call|^define\s/m;
const SCRIPT =
  /(?:^\t[@+-]*|[;&|]\s*)(?:(?:bash|sh|python3?|node|ruby|perl)\s+)?(?<path>\.\/[\w./-]+|[\w-]+\/[\w./-]+\.(?:sh|bash|py|js|mjs|rb|pl))(?=\s|$|;)/g;

/** Targets that are promised and have no rule, and rules that start a script which is not there. */
export function makefileFlaws(text: string, directory: string, hasPath: (path: string) => boolean): BuildFlaw[] {
  const lines = logicalLines(text);
  const targets = new Set<string>();
  let hasPattern = false;
  for (const { text: content } of lines) {
    const names = content.startsWith('\t') ? undefined : RULE.exec(content)?.groups?.targets;
    if (!names || names === '.PHONY') continue;
    for (const name of names.trim().split(/\s+/)) targets.add(name);
    if (/[%$]/.test(names)) hasPattern = true;
  }
  const flaws: BuildFlaw[] = [];
  for (const { line, text: content } of lines) {
    const names = PHONY.exec(content)?.groups?.names;
    if (names !== undefined && !hasPattern && !DYNAMIC.test(text)) {
      for (const name of names.trim().split(/\s+/).filter(Boolean)) {
        if (!/[$%]/.test(name) && !targets.has(name)) flaws.push({ form: 'dead-target', line, name });
      }
    }
    if (!content.startsWith('\t') || /(?:^|[\s;&@])cd\s|\$\(MAKE\)|\s-C\s/.test(content)) continue;
    for (const match of content.slice(0, 2000).matchAll(SCRIPT)) {
      const path = (match.groups?.path ?? '').replace(/^\.\//, '');
      const full = directory === '.' ? path : `${directory}/${path}`;
      if (!/\.(?:sh|bash|py|js|mjs|rb|pl)$/.test(path) || path.includes('..')) continue;
      if (!hasPath(full) && !targets.has(path) && !targets.has(`./${path}`)) {
        flaws.push({ form: 'missing-script', line, name: path });
      }
    }
  }
  return flaws;
}
