/** Values of a GitHub workflow that anyone who opens an issue or a pull request, or pushes to a fork, chooses. */
const UNTRUSTED = [
  'github.head_ref',
  ...[
    'issue.title',
    'issue.body',
    'pull_request.title',
    'pull_request.body',
    'pull_request.head.ref',
    'pull_request.head.label',
    'pull_request.head.repo.default_branch',
    'pull_request.head.repo.description',
    'comment.body',
    'review.body',
    'review_comment.body',
    'discussion.title',
    'discussion.body',
    'pages.*.page_name',
    'commits.*.message',
    'commits.*.author.email',
    'commits.*.author.name',
    'head_commit.message',
    'head_commit.author.email',
    'head_commit.author.name',
    'workflow_run.head_branch',
    'workflow_run.display_title',
    'workflow_run.head_commit.message',
    'workflow_run.head_commit.author.email',
    'workflow_run.head_commit.author.name',
  ].map((name) => `github.event.${name}`),
].map((name) => name.split('.'));

/** Their result is a truth value or a hash, not the text. */
const SAFE_FUNCTIONS = new Set(['contains', 'startswith', 'endswith', 'hashfiles']);

const OPEN = '${{';
const CLOSE = '}}';
const MAX_EXPRESSION = 2_000;
const TOKEN =
  /'(?:[^']|'')*'|(?<call>[A-Za-z_][\w-]*)\s*\(|(?<path>[A-Za-z_][\w-]*(?:\s*\.\s*(?:[\w-]+|\*))*)|(?<operator>==|!=|<=?|>=?|&&|\|\||!)|[(),\s]|./g;
const MAX_NESTING = 10;

export interface UntrustedText {
  value: string;
  /** The whole expression. */
  text: string;
}

/** Untrusted values that become part of a text as they are, each expression's first. */
export function untrustedIn(text: string): UntrustedText[] {
  const found: UntrustedText[] = [];
  let from = text.indexOf(OPEN);
  for (let end = text.indexOf(CLOSE, from); from >= 0 && end >= 0; end = text.indexOf(CLOSE, from)) {
    // One that was never closed does not reach over the next.
    const start = Math.max(from, text.lastIndexOf(OPEN, end));
    const value = end - start > MAX_EXPRESSION ? null : untrustedInCode(text.slice(start + OPEN.length, end));
    if (value !== null) found.push({ value, text: text.slice(start, end + CLOSE.length) });
    from = text.indexOf(OPEN, end);
  }
  return found;
}

function untrustedInCode(code: string): string | null {
  const { outer, inner } = withoutIndexes(code);
  for (const part of [outer, ...inner]) {
    const value = untrustedPath(part);
    if (value !== null) return value;
  }
  return null;
}

/** `a['b']` is `a.b`, `a[0]` is `a.*`; what stands in brackets is code of its own. */
function withoutIndexes(code: string): { outer: string; inner: string[] } {
  const inner: string[] = [];
  let outer = code;
  for (let depth = 0; depth < MAX_NESTING && outer.includes('['); depth += 1) {
    outer = outer.replace(/\s*\[\s*'([\w-]+)'\s*\]/g, '.$1').replace(/\s*\[([^[\]]*)\]/g, (_, index: string) => {
      inner.push(index);
      return '.*';
    });
  }
  return { outer, inner };
}

function untrustedPath(code: string): string | null {
  const calls: string[] = [];
  let before = '';
  let waiting: string | null = null;
  for (const { 0: token, groups } of code.matchAll(TOKEN)) {
    if (/^\s+$/.test(token)) continue;
    if (waiting !== null && !isComparison(token)) return waiting;
    waiting = null;
    if (groups?.call !== undefined) calls.push(groups.call.toLowerCase());
    else if (token === '(') calls.push('');
    else if (token === ')') calls.pop();
    else if (groups?.path !== undefined && !isComparison(before) && !calls.some((call) => SAFE_FUNCTIONS.has(call))) {
      waiting = match(groups.path.toLowerCase().replace(/\s/g, '').split('.'), calls.includes('tojson'));
    }
    before = token;
  }
  return waiting;
}

const isComparison = (token: string) => /^(?:[=!]=|[<>]=?)$/.test(token);

/** The name of what a path leads to; a whole object is text only as JSON. */
function match(path: readonly string[], isJson: boolean): string | null {
  const isSame = (name: readonly string[], length: number) =>
    path.length === length && path.every((part, at) => part === '*' || name[at] === '*' || part === name[at]);
  if (path[0] !== 'github') return null;
  const leaf = UNTRUSTED.find((name) => isSame(name, name.length));
  if (leaf) return path.includes('*') ? leaf.join('.') : path.join('.');
  const isHolder = isJson && UNTRUSTED.some((name) => path.length < name.length && isSame(name, path.length));
  return isHolder ? path.join('.') : null;
}
