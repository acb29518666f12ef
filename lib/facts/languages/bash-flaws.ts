import {
  type CodeTree,
  childrenOf,
  descendantsOfKind,
  fieldOf,
  fieldText,
  kindOf,
  lineOf,
  lineText,
  nodesWithRole,
  parentOf,
  partsOf,
  previousOf,
  textOf,
} from '../code/code-tree';
import { unquote } from './shared';
import type { NodeIndex, ShellFlawRow } from './types';

/** Commands that do something else to a name which was split at its spaces. */
const ON_FILES = new Set(['rm', 'rmdir', 'mv', 'cp', 'cd', 'pushd', 'ln', 'chmod', 'chown', 'mkdir', 'touch']);
/** Meant to be split into words. */
const WORDS = /(?:opts?|options?|flags?|args?|params?|s|list|cmd|command|mode|perms?)$/i;
/** Say or look something up: when they fail, nothing is broken. */
const HARMLESS = /^(?:echo|printf|:|true|false|test|\[|read|shift|local|export|set|trap|exit|return|unset|source|\.)$/;
const MIN_COMMANDS = 4;
const MAX_FLAWS = 200;
const MAX_CLIMB = 8;
/** Literal text that neither spaces nor patterns can break. */
const PLAIN = /^[^\s*?[\]$`\\~]*$/;
const MAX_VALUE = 500;
const MAX_ROUNDS = 5;

/** What makes a shell script go on after an error, or act on other files than it names. */
export function bashFlaws(tree: CodeTree): ShellFlawRow[] {
  const commands = nodesWithRole(tree, 'call').map((node) => ({ node, name: fieldText(tree, node, 'name') ?? '' }));
  const flaws = unquoted(tree, commands).slice(0, MAX_FLAWS);
  const actions = commands.filter(({ node, name }) => !HARMLESS.test(name) && isStep(tree, node));
  if (actions.length >= MIN_COMMANDS && isProgram(tree) && !stopsOnErrors(tree, commands)) {
    flaws.unshift({ line: 1, form: 'no-fail-fast', name: '', text: lineText(tree, 1) });
  }
  return flaws;
}

/** A pipeline is one step; what is run for its output is part of another. */
function isStep(tree: CodeTree, command: NodeIndex): boolean {
  let node = command;
  for (let step = 0; step < MAX_CLIMB; step += 1) {
    const up = parentOf(tree, node);
    if (up < 0) return true;
    const kind = kindOf(tree, up);
    if (kind === 'command_substitution') return false;
    if (kind === 'pipeline' && previousOf(tree, node) >= 0) return false;
    node = up;
  }
  return true;
}

interface Command {
  node: NodeIndex;
  name: string;
}

/** Started, not read by others: a file of functions must not change the settings of who reads it. */
function isProgram(tree: CodeTree): boolean {
  if (!tree.text.startsWith('#!')) return false;
  return childrenOf(tree, 0).some((child) => {
    const kind = kindOf(tree, child);
    return kind !== 'function_definition' && kind !== 'comment' && kind !== 'variable_assignment';
  });
}

/** By an option of the shell, or by looking at least once at how a command ended. */
function stopsOnErrors(tree: CodeTree, commands: readonly Command[]): boolean {
  const shebang = /^#![^\n]*/.exec(tree.text)?.[0] ?? '';
  if (/\s-[a-z]*e/.test(shebang.replace(/env -S/, 'env'))) return true;
  if (commands.some(({ node, name }) => name === 'set' && SETS_FAIL_FAST.test(textOf(tree, node, 200)))) return true;
  if (commands.some(({ node, name }) => name === 'trap' && /\bERR\b/.test(textOf(tree, node, MAX_VALUE)))) return true;
  return HANDLES.test(tree.text);
}

const SETS_FAIL_FAST = /\s-[a-zA-Z]*e|\berrexit\b/;
const HANDLES =
  /\|\| ?(?:\{|\(|exit|die|return|fail|abort|error|err|usage|bail|fatal|panic|break|continue)|\$\?|\$\{?PIPESTATUS/;

function unquoted(tree: CodeTree, commands: readonly Command[]): ShellFlawRow[] {
  const risky = commands.filter(({ name }) => ON_FILES.has(name));
  if (risky.length === 0) return [];
  const isSafe = safeVariables(tree);
  return risky.flatMap(({ node, name }) => {
    const command = fieldOf(tree, node, 'name');
    for (const part of partsOf(tree, node)) {
      if (part === command) continue;
      const variable = expansionsIn(tree, part).find((each) => !isSafe(each) && !WORDS.test(each));
      if (variable === undefined) continue;
      const line = lineOf(tree, part);
      return [{ line, form: 'unquoted' as const, name: `${name} $${variable}`, text: lineText(tree, line) }];
    }
    return [];
  });
}

/** Names expanded outside quotes in one argument. */
function expansionsIn(tree: CodeTree, argument: NodeIndex): string[] {
  const parts = kindOf(tree, argument) === 'concatenation' ? childrenOf(tree, argument) : [argument];
  return parts.flatMap((part) => nameOfExpansion(tree, part) ?? []);
}

/** `name` of `$name`, `${name}` and `${name%…}`; null for lengths, statuses and numbers. */
function nameOfExpansion(tree: CodeTree, node: NodeIndex): string | null {
  const kind = kindOf(tree, node);
  if (kind !== 'simple_expansion' && kind !== 'expansion') return null;
  const text = textOf(tree, node, MAX_VALUE);
  // `${x:+…}` and `${x:-…}` give other text than the variable.
  if (/^\$\{\w+:?[+\-=?]/.test(text)) return null;
  return /^\$\{?(?<name>[A-Za-z_]\w*|[1-9@*])/.exec(text)?.groups?.name ?? null;
}

/** Variables whose every value in the script is plain text, counters and temporary files included. */
function safeVariables(tree: CodeTree): (name: string) => boolean {
  const values = new Map<string, NodeIndex[]>();
  const add = (name: string | null, value: NodeIndex) => {
    if (name === null) return;
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  };
  const changed = new Set<string>();
  for (const node of descendantsOfKind(tree, 0, 'variable_assignment', 'for_statement', 'command')) {
    const kind = kindOf(tree, node);
    if (kind === 'variable_assignment') {
      const value = fieldOf(tree, node, 'value');
      if (value !== null) add(fieldText(tree, node, 'name'), value);
    } else if (kind === 'for_statement') {
      const variable = fieldText(tree, node, 'variable');
      const own = fieldOf(tree, node, 'variable');
      const body = fieldOf(tree, node, 'body');
      for (const part of partsOf(tree, node)) if (part !== own && part !== body) add(variable, part);
    } else if (/^(?:read|mapfile|readarray|getopts)$/.test(fieldText(tree, node, 'name') ?? '')) {
      for (const part of partsOf(tree, node)) changed.add(textOf(tree, part, 100));
    }
  }
  const safe = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = safe.size;
    for (const [name, nodes] of values) {
      if (!changed.has(name) && nodes.every((value) => isPlain(tree, value, safe))) safe.add(name);
    }
    if (safe.size === before) break;
  }
  return (name) => safe.has(name);
}

function isPlain(tree: CodeTree, value: NodeIndex, safe: ReadonlySet<string>): boolean {
  const text = textOf(tree, value, MAX_VALUE);
  if (/^"?\$\(\s*(?:mktemp|date|uname|nproc|id|git rev-parse)\b[^$`]*\)"?$/.test(text) || /^\$\(\(/.test(text))
    return true;
  const literal = unquote(text).replace(/\$\{?([A-Za-z_]\w*)\}?/g, (whole, name: string) =>
    safe.has(name) ? '' : whole,
  );
  return PLAIN.test(literal.replaceAll('"', ''));
}
