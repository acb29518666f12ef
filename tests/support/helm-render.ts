/**
 * Renders the templates of a chart, of Helm's language only what ours use: `if`, `else`, `define`, `include`, values, strings,
 * numbers, `eq`, `not`, `and`, `or`, `gt`, `len`, `fail`, comments, and the trimming of white space. Anything else is refused.
 * Files whose names begin with `_` are there for what they define; all else in them is passed over.
 */
export function renderTemplates(
  templates: ReadonlyMap<string, string>,
  data: Readonly<Record<string, unknown>>,
): string[] {
  const defined = new Map<string, Node[]>();
  const parsed = [...templates].map(([name, text]) => ({ name, nodes: parse(tokens(text), defined) }));
  const rendered = parsed.filter(({ name }) => !/(^|\/)_[^/]*$/.test(name));
  return rendered.map(({ nodes }) => run(nodes, data, defined));
}

type Token = { text: string } | { action: string };
type Node = { text: string } | { expression: string[] } | { condition: string[]; body: Node[]; otherwise: Node[] };

function tokens(text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  for (const match of text.matchAll(/\{\{(?<left>-)?\s*(?<action>\/\*[\s\S]*?\*\/|[\s\S]*?)\s*(?<right>-)?\}\}/g)) {
    const { left, action = '', right } = match.groups ?? {};
    let before = text.slice(at, match.index);
    const last = found.at(-1);
    if (last && 'action' in last && last.action.endsWith(' trim')) {
      before = before.trimStart();
      last.action = last.action.slice(0, -5);
    }
    found.push({ text: left ? before.trimEnd() : before }, { action: right ? `${action} trim` : action });
    at = match.index + match[0].length;
  }
  const last = found.at(-1);
  let rest = text.slice(at);
  if (last && 'action' in last && last.action.endsWith(' trim')) {
    rest = rest.trimStart();
    last.action = last.action.slice(0, -5);
  }
  found.push({ text: rest });
  return found;
}

function parse(list: Token[], defined: Map<string, Node[]>): Node[] {
  const { nodes, end } = parseUntil(list, 0, defined, []);
  if (end !== list.length) throw new Error(`an end without a beginning: token ${end}`);
  return nodes;
}

function parseUntil(list: readonly Token[], from: number, defined: Map<string, Node[]>, stops: readonly string[]) {
  const nodes: Node[] = [];
  for (let index = from; index < list.length; index += 1) {
    const token = list[index];
    if (!token) break;
    if ('text' in token) {
      nodes.push({ text: token.text });
      continue;
    }
    const words = wordsOf(token.action);
    const [word = ''] = words;
    if (stops.includes(word)) return { nodes, end: index, word };
    if (token.action.startsWith('/*')) continue;
    if (word === 'define' || word === 'if') {
      const body = parseUntil(list, index + 1, defined, ['end', 'else']);
      const other = body.word === 'else' ? parseUntil(list, body.end + 1, defined, ['end']) : null;
      if (word === 'define') defined.set(JSON.parse(words[1] ?? ''), body.nodes);
      else nodes.push({ condition: words.slice(1), body: body.nodes, otherwise: other?.nodes ?? [] });
      index = other?.end ?? body.end;
      continue;
    }
    if (word === 'else' || word === 'end') throw new Error(`${word} without a beginning`);
    nodes.push({ expression: words });
  }
  if (stops.length > 0) throw new Error(`${stops.join(' or ')} is missing`);
  return { nodes, end: list.length, word: '' };
}

function wordsOf(action: string): string[] {
  return action.match(/"(?:[^"\\]|\\.)*"|[()]|[^\s()]+/g) ?? [];
}

function run(nodes: readonly Node[], data: Readonly<Record<string, unknown>>, defined: Map<string, Node[]>): string {
  const include = (name: string) => {
    const body = defined.get(name);
    if (!body) throw new Error(`no template is named ${name}`);
    return run(body, data, defined);
  };
  const read = (words: string[]) => evaluate(words, data, include);
  return nodes
    .map((node) => {
      if ('text' in node) return node.text;
      if ('expression' in node) return String(read([...node.expression]));
      return run(isTrue(read([...node.condition])) ? node.body : node.otherwise, data, defined);
    })
    .join('');
}

/** As Go's templates: nothing, zero and what is empty count as false. */
function isTrue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== '';
}

function evaluate(words: string[], data: unknown, include: (name: string) => string): unknown {
  const terms: unknown[] = [];
  let call: string | undefined;
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (word === ')') break;
    if (word === '(') terms.push(evaluate(words, data, include));
    else if (word === '.') terms.push(data);
    else if (word.startsWith('"')) terms.push(JSON.parse(word));
    else if (/^\d+$/.test(word)) terms.push(Number(word));
    else if (word.startsWith('.')) terms.push(fieldOf(data, word));
    else if (call === undefined && terms.length === 0) call = word;
    else throw new Error(`${word} is nothing that is rendered here`);
  }
  return call === undefined ? terms[0] : apply(call, terms, include);
}

function fieldOf(data: unknown, path: string): unknown {
  return path
    .slice(1)
    .split('.')
    .reduce<unknown>((inner, key) => {
      if (typeof inner !== 'object' || inner === null || !(key in inner)) throw new Error(`${path} is no value`);
      return (inner as Record<string, unknown>)[key];
    }, data);
}

function apply(call: string, terms: unknown[], include: (name: string) => string): unknown {
  const [first, second] = terms;
  switch (call) {
    case 'eq':
      return first === second;
    case 'not':
      return !isTrue(first);
    case 'and':
      return terms.find((term) => !isTrue(term)) ?? terms.at(-1);
    case 'or':
      return terms.find(isTrue) ?? terms.at(-1);
    case 'gt':
      return Number(first) > Number(second);
    case 'len':
      return String(first).length;
    case 'include':
      return include(String(first));
    case 'fail':
      throw new Error(String(first));
    default:
      throw new Error(`${call} is no function that is rendered here`);
  }
}
