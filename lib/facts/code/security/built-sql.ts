import type { SqlTable } from '../../languages/security/types';
import { isConstant } from '../body-shape';
import {
  type CodeTree,
  childrenOf,
  endOf,
  fieldOf,
  hasRole,
  isNamed,
  kindOf,
  nodesWithRole,
  parentOf,
  partsOf,
  startOf,
  textOf,
} from '../code-tree';
import { argumentList } from './nodes';
import type { FoundFlaw } from './row';

const BEGINS = /^[\w$@]{0,3}["'`(\s]{0,80}(?:select|insert|update|delete|replace|with)\b/i;
const STATEMENT =
  /^["'`(\s]{0,80}(?:select\s[^;]{1,1500}?\sfrom[\s\ufffc]|insert\s+(?:or\s+\w+\s+|ignore\s+)?into\s[^;]{1,1500}?(?:values|select)[\s("'\ufffc]|update\s[^;]{1,500}?\sset[\s\ufffc]|delete\s+from\s|replace\s+into\s|with\s+(?:recursive\s+)?\w+\s+as\s*\()/i;
/** What stands before a hole that a value fills, and not a name. */
const VALUE_BEFORE =
  /(?:[<>!=]\s*|\b(?:like|limit|offset|between|and|not)\s+|\bin\s*\(\s*|\bvalues\s*\([^()]{0,400})['"%]*$|['"]%?$/i;
/** Values that cannot carry a statement of their own. */
const CONSTANT = /^(?:[\w$]+(?:\.|::|->))*[A-Z][A-Z0-9_]+$|^[\d.'"]/;
const HARMLESS =
  /(?:quote|escape|ident(?:ifier)?|literal|sanitiz\w*|esc)\w{0,30}\(|(?:placeholder|binding|param_?(?:style|count|mark)|dialect)\w*|\b(?:int|len|float|Number|parseInt|intval|count|bool|abs|floor|round)\s{0,3}\(|\((?:int|float)\)|\.(?:to_i|length|size|Count|tableName|__table__|__tablename__)\b|['"`]\?|\bnow\b|(?:cnt|num|count|idx|index|limit|offset|page|size|\bn|\bi)\s*(?:[+*-]\s*\d{1,9})?\)*$|^(?:marks|qs|qmarks)$/i;
/** Words that name a part of a statement: they stay with the program. */
const NAME_WORDS =
  /(?:table|column|field|schema|order|sort|where|clause|condition|filter|prefix|select|from|join|sql|query|stmt|cols|predicate|constraint|view|database|suffix|expr|db)\w*$/i;
/** Lists of values are mostly placeholders, or were escaped one by one. */
const JOINED = /^(?:implode|join)\(|\.join\b|(?:^|\W|_)values\b|_str$/i;
const REPORTS =
  /(?:^|[._])(?:log\w*|print\w*|puts|warn\w*|error\w*|debug|info|trace|fatal\w*|\w*Exception|\w*Error|panic|fail|assert\w*|describe|it|test)!?$|^console\./;
const BOUND = /Interpolated\w*$|(?:^|\.)(?:FromSql|ExecuteSql|ExecuteSqlAsync|SqlQuery)(?:<[^>]*>)?$/;
const HOLE = '\ufffc';
const MAX_PIECES = 300;

interface Skeleton {
  text: string;
  holes: Hole[];
}

interface Hole {
  before: string;
  value: string;
}

/** Statements of a database that hold values put in as text. */
export function builtSql(tree: CodeTree, table: SqlTable): FoundFlaw[] {
  if (!/\b(?:from|into|update|with)\b/i.test(tree.text)) return [];
  const found: FoundFlaw[] = [];
  const seen = new Set<number>();
  let marks: ReadonlySet<string> | null = null;
  const areMarks = (value: string) => {
    marks ??= namesOfMarks(tree.text);
    return marks.has(value);
  };
  for (const node of nodesWithRole(tree, 'string')) {
    if (!BEGINS.test(textOf(tree, node, 120))) continue;
    const top = topOf(tree, node, table);
    if (seen.has(top)) continue;
    seen.add(top);
    const { skeleton, outer } = read(tree, top, table);
    if (skeleton.holes.length === 0 || !STATEMENT.test(skeleton.text) || isHarmlessPlace(tree, outer)) continue;
    const open = skeleton.holes.filter(
      ({ value }) => !CONSTANT.test(value) && !HARMLESS.test(value) && !areMarks(value),
    );
    if (open.length === 0) continue;
    const isValue = open.some(
      ({ before, value }) => VALUE_BEFORE.test(before) && !NAME_WORDS.test(value) && !JOINED.test(value),
    );
    found.push({ form: isValue ? 'sql-value' : 'sql-name', callee: executorOf(tree, outer) ?? '', node: top });
  }
  return found;
}

const MARKS = /\b(?<name>[A-Za-z_]\w{0,60})\s*=(?=[^;\n]{0,200}["'`]\?)/g;

/** Variables that hold question marks, one for each value to be bound. */
function namesOfMarks(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(MARKS), ({ groups }) => groups?.name ?? ''));
}

/** The whole of a text put together, of which the node is the beginning. */
function topOf(tree: CodeTree, node: number, table: SqlTable): number {
  let top = node;
  for (let step = 0; step < MAX_PIECES; step++) {
    const parent = parentOf(tree, top);
    if (parent < 0) return top;
    const kind = kindOf(tree, parent);
    const isPart = hasRole(tree, parent, 'string') || kind === 'chained_string' || hasRole(tree, parent, 'parentheses');
    if (!isPart && !(isJoin(tree, parent, table) && startOf(tree, parent) === startOf(tree, top))) return top;
    if (hasRole(tree, parent, 'parentheses') && startOf(tree, parent) + 200 < startOf(tree, top)) return top;
    top = parent;
  }
  return top;
}

function isJoin(tree: CodeTree, node: number, table: SqlTable): boolean {
  if (!/^binary|^additive_expression$/.test(kindOf(tree, node))) return false;
  return childrenOf(tree, node).some((child) => !isNamed(tree, child) && table.join.test(textOf(tree, child, 4)));
}

function read(tree: CodeTree, top: number, table: SqlTable): { skeleton: Skeleton; outer: number } {
  const written: Skeleton = { text: '', holes: [] };
  append(tree, top, table, written, 0);
  const skeleton = table.bareHole ? withHoles(written, [], table.bareHole) : written;
  const parent = parentOf(tree, top);
  if (parent < 0) return { skeleton, outer: top };
  const filled = fillOf(tree, top, parent, table);
  if (filled === null) return { skeleton, outer: top };
  return { skeleton: withHoles(skeleton, filled.values, filled.hole), outer: filled.outer };
}

interface Fill {
  values: string[];
  hole: RegExp;
  outer: number;
}

/** What fills the holes of a text: `text % x`, `text.format(x)`, `sprintf(text, x)`. */
function fillOf(tree: CodeTree, top: number, parent: number, table: SqlTable): Fill | null {
  const kind = kindOf(tree, parent);
  if (/^binary/.test(kind)) {
    const [left, right] = partsOf(tree, parent);
    const isPercent = childrenOf(tree, parent).some((child) => !isNamed(tree, child) && textOf(tree, child, 2) === '%');
    if (!isPercent || left !== top || right === undefined || !table.hole) return null;
    const isTuple = /^(?:tuple|array|list)$/.test(kindOf(tree, right));
    const values = isTuple ? partsOf(tree, right).map((part) => textOf(tree, part, 200)) : [textOf(tree, right, 200)];
    return { values, hole: table.hole, outer: parent };
  }
  const method = fieldOf(tree, parent, 'attribute') ?? fieldOf(tree, parent, 'property');
  if (method !== null && table.formatMethod?.test(textOf(tree, method, 20))) {
    const call = parentOf(tree, parent);
    const given = call < 0 ? null : argumentList(tree, call);
    if (given === null) return null;
    const values = partsOf(tree, given).map((part) => textOf(tree, part, 200).replace(/^\w+\s*=\s*/, ''));
    const isReplace = textOf(tree, method, 20) === 'replace';
    const word = (values[0] ?? '').slice(1, -1);
    const hole = isReplace
      ? new RegExp(word.replace(/[^\w ]/g, '\\$&').slice(0, 80) || HOLE)
      : /\{[\w.[\]]{0,60}(?:![rsa])?\}/;
    return { values: isReplace ? values.slice(1) : values, hole, outer: call };
  }
  return fillByCall(tree, top, parent, table);
}

function fillByCall(tree: CodeTree, top: number, parent: number, table: SqlTable): Fill | null {
  if (!table.format) return null;
  let call = parent;
  for (let step = 0; step < 3 && call > 0 && !hasRole(tree, call, 'call'); step++) call = parentOf(tree, call);
  if (call <= 0 || !hasRole(tree, call, 'call')) return null;
  const callee = calleeText(tree, call);
  const given = argumentList(tree, call);
  if (given === null || !table.format.test(callee)) return null;
  const values =
    kindOf(tree, given) === 'token_tree'
      ? tree.text
          .slice(endOf(tree, top), endOf(tree, given) - 1)
          .split(',')
          .slice(1)
          .map((text) => text.trim().slice(0, 200))
      : partsOf(tree, given)
          .filter((part) => startOf(tree, part) >= endOf(tree, top))
          .map((part) => textOf(tree, part, 200));
  return { values, hole: table.hole ?? /%[svq]/, outer: call };
}

const calleeText = (tree: CodeTree, call: number): string =>
  (tree.grammar.table.callee?.(tree, call) ?? textOf(tree, fieldOf(tree, call, 'function') ?? call, 100)).replace(
    /\s+/g,
    '',
  );

/** The same text with the holes that a format fills. */
function withHoles({ text, holes }: Skeleton, values: readonly string[], hole: RegExp): Skeleton {
  const all = [...holes];
  let filled = '';
  let at = 0;
  let index = 0;
  for (const match of text.matchAll(new RegExp(hole.source, 'g'))) {
    filled += text.slice(at, match.index);
    const own = /^(?:\{(?<name>[a-z_]\w*)\}|\$(?<bare>\w+))$/i.exec(match[0])?.groups;
    all.push({ before: filled.slice(-500), value: values[index] ?? own?.name ?? own?.bare ?? values[0] ?? '' });
    filled += HOLE;
    at = match.index + match[0].length;
    index += 1;
    if (index > MAX_PIECES) break;
  }
  return { text: filled + text.slice(at), holes: all.filter(({ value }) => value !== '') };
}

const LITERAL_PART =
  /content|start|end|escape|fragment|quote|^string_value$|^heredoc_(?:start|beginning)|nowdoc_string/;

function append(tree: CodeTree, node: number, table: SqlTable, into: Skeleton, depth: number): void {
  if (into.holes.length > MAX_PIECES || depth > MAX_PIECES) return;
  if (
    hasRole(tree, node, 'string') ||
    /^(?:chained_string|heredoc_body|concatenated_string)$/.test(kindOf(tree, node))
  ) {
    appendString(tree, node, table, into, depth);
  } else if (isJoin(tree, node, table) || hasRole(tree, node, 'parentheses')) {
    for (const part of partsOf(tree, node)) append(tree, part, table, into, depth + 1);
  } else if (!isConstant(tree, node) && !isFixedChoice(tree, node)) {
    into.holes.push({ before: into.text.slice(-500), value: textOf(tree, node, 200) });
    into.text += HOLE;
  }
}

/** One of two literals. */
function isFixedChoice(tree: CodeTree, node: number): boolean {
  if (!hasRole(tree, node, 'ternary')) return false;
  const branches = partsOf(tree, node).filter((part) => part !== fieldOf(tree, node, 'condition'));
  return branches.filter((part) => isConstant(tree, part)).length >= 2;
}

function appendString(tree: CodeTree, node: number, table: SqlTable, into: Skeleton, depth: number): void {
  let at = startOf(tree, node);
  const end = endOf(tree, node);
  const isList = /^(?:chained_string|concatenated_string)$/.test(kindOf(tree, node));
  const first = into.text === '';
  let own = '';
  const flush = (until: number) => {
    if (!isList) own += tree.text.slice(at, Math.min(until, at + 3000));
  };
  for (const child of childrenOf(tree, node)) {
    const kind = kindOf(tree, child);
    if (hasRole(tree, child, 'string') || kind === 'heredoc_body') {
      append(tree, child, table, into, depth + 1);
      at = endOf(tree, child);
      continue;
    }
    if (!isNamed(tree, child) || LITERAL_PART.test(kind)) continue;
    flush(startOf(tree, child));
    into.text += opened(own);
    own = '';
    const value = textOf(tree, child, 200).replace(/^(?:[$#]?\{|\$(?=\w))\s*|\}$/g, '');
    into.holes.push({ before: into.text.slice(-500), value: value.replace(/![rsa]$/, '') });
    into.text += HOLE;
    at = endOf(tree, child);
  }
  flush(end);
  into.text += closed(first || own === '' ? own : opened(own));
}

/** Without the quotes that begin and end a literal. */
const opened = (text: string): string => text.replace(/^(?:[$@a-zA-Z]{0,3}(?:"""|'''|"|'|`)|<<[~-]?\w+\n)/, '');
const closed = (text: string): string => opened(text).replace(/(?:"""|'''|"|'|`)$/, '');

/** The text is a message, or a library binds its values. */
function isHarmlessPlace(tree: CodeTree, node: number): boolean {
  const parent = parentOf(tree, node);
  if (parent < 0) return false;
  // A tag receives texts and values apart.
  if (hasRole(tree, parent, 'call') && fieldOf(tree, parent, 'arguments') === node) return true;
  if (isTaggedWithTypes(tree, node, parent)) return true;
  const executor = executorOf(tree, node);
  return executor !== null && (REPORTS.test(executor) || BOUND.test(executor));
}

/** The grammar takes the type arguments of a tag, as in query<Row>`…`, for comparisons. */
function isTaggedWithTypes(tree: CodeTree, node: number, parent: number): boolean {
  if (kindOf(tree, node) !== 'template_string' || !/^binary/.test(kindOf(tree, parent))) return false;
  return childrenOf(tree, parent).some((child) => !isNamed(tree, child) && textOf(tree, child, 2) === '>');
}

function executorOf(tree: CodeTree, node: number): string | null {
  let up = parentOf(tree, node);
  for (let step = 0; step < 3 && up > 0; step++, up = parentOf(tree, up)) {
    if (hasRole(tree, up, 'call')) return calleeText(tree, up);
  }
  return null;
}
