import { type CodeTree, childrenOf, fieldOf, hasRole, isNamed, kindOf, nextOf, parentOf, partsOf } from './code-tree';

export interface Complexity {
  cyclomatic: number;
  cognitive: number;
  nesting: number;
  loopDepth: number;
}

interface Frame {
  end: number;
  cyclomatic: number;
  /** Own cognitive points, then those of inner functions where they count. */
  cognitive: number;
  /** Increments that grow with nesting, inner functions included. */
  structural: number;
  ownStructural: number;
  inner: { cognitive: number; structural: number; level: number }[];
  level: number;
  control: number;
  deepest: number;
  loops: number;
  deepestLoop: number;
}

interface Region {
  end: number;
  level: number;
  control: number;
  loops: number;
}

const newFrame = (end: number): Frame => ({
  end,
  cyclomatic: 1,
  cognitive: 0,
  structural: 0,
  ownStructural: 0,
  inner: [],
  level: 0,
  control: 0,
  deepest: 0,
  loops: 0,
  deepestLoop: 0,
});

/**
 * McCabe and cognitive complexity of each function, by node. An inner function adds to the one around it when that one
 * has control flow of its own; a mere wrapper (a module pattern, a decorator) is not charged for what it wraps.
 */
export function measureComplexity(tree: CodeTree): Map<number, Complexity> {
  const measured = new Map<number, Complexity>();
  const frames: { node: number; frame: Frame }[] = [];
  const regions: Region[] = [];
  let current = newFrame(Number.POSITIVE_INFINITY);

  const closeFrame = (): void => {
    const closed = frames.pop();
    if (!closed) return;
    const { frame } = closed;
    if (frame.ownStructural > 0) {
      for (const inner of frame.inner) {
        frame.cognitive += inner.cognitive + inner.structural * (inner.level + 1);
        frame.structural += inner.structural;
      }
    }
    measured.set(closed.node, {
      cyclomatic: frame.cyclomatic,
      cognitive: frame.cognitive,
      nesting: frame.deepest,
      loopDepth: frame.deepestLoop,
    });
    current = frames.at(-1)?.frame ?? newFrame(Number.POSITIVE_INFINITY);
    current.inner.push({ cognitive: frame.cognitive, structural: frame.structural, level: current.level });
  };

  for (let node = 0; node < tree.size; node++) {
    while (frames.length > 0 && current.end <= node) closeFrame();
    for (let region = regions.at(-1); region && region.end <= node; region = regions.at(-1)) {
      regions.pop();
      current.level -= region.level;
      current.control -= region.control;
      current.loops -= region.loops;
    }
    if (!isNamed(tree, node)) continue;
    if (hasRole(tree, node, 'function')) {
      current = newFrame(nextOf(tree, node));
      frames.push({ node, frame: current });
      continue;
    }
    enterRegion(tree, node, current, regions);
    count(tree, node, current);
  }
  while (frames.length > 0) closeFrame();
  return measured;
}

const isHead = (tree: CodeTree, node: number): boolean => {
  const { headFields, headKinds } = tree.grammar.table;
  if (headKinds?.includes(kindOf(tree, node))) return true;
  const field = tree.field[node] ?? 0;
  return field !== 0 && (headFields ?? []).some((name) => tree.grammar.fieldIds.get(name) === field);
};

/** `else if`, written as an `if` inside the other's else branch. */
export function isElseIf(tree: CodeTree, node: number): boolean {
  if (!hasRole(tree, node, 'if')) return false;
  const parent = parentOf(tree, node);
  if (parent < 0) return false;
  if (hasRole(tree, parent, 'else')) return true;
  return hasRole(tree, parent, 'if') && isAlternative(tree, node, parent);
}

function isAlternative(tree: CodeTree, node: number, parent: number): boolean {
  return fieldOf(tree, parent, 'alternative') === node || tree.grammar.table.isElseBranch?.(tree, node) === true;
}

function enterRegion(tree: CodeTree, node: number, frame: Frame, regions: Region[]): void {
  const parent = parentOf(tree, node);
  if (parent < 0) return;
  const { roles, roleBits } = tree.grammar;
  const bits = roles[tree.kind[parent] ?? 0] ?? 0;
  const nesting = roleBits.if | roleBits.ternary | roleBits.loop | roleBits.switch | roleBits.catch | roleBits.try;
  if ((bits & nesting) === 0 || isHead(tree, node)) return;
  if (hasRole(tree, parent, 'catch') && !isCatch(tree, parent)) return;
  if (
    isElseIf(tree, node) ||
    (hasRole(tree, node, 'else') && childrenOf(tree, node).some((child) => hasRole(tree, child, 'if')))
  )
    return;
  const isTry = (bits & roleBits.try) !== 0;
  const region: Region = {
    end: nextOf(tree, node),
    level: isTry ? 0 : 1,
    control: (bits & (roleBits.if | roleBits.loop | roleBits.switch | roleBits.try)) !== 0 ? 1 : 0,
    loops: (bits & roleBits.loop) !== 0 ? 1 : 0,
  };
  frame.level += region.level;
  frame.control += region.control;
  frame.loops += region.loops;
  regions.push(region);
}

const isCatch = (tree: CodeTree, node: number): boolean => !hasRole(tree, node, 'case') && !hasRole(tree, node, 'if');

function count(tree: CodeTree, node: number, frame: Frame): void {
  const { roles, roleBits } = tree.grammar;
  const bits = roles[tree.kind[node] ?? 0] ?? 0;
  const flow =
    roleBits.if |
    roleBits.elseIf |
    roleBits.else |
    roleBits.loop |
    roleBits.switch |
    roleBits.try |
    roleBits.catch |
    roleBits.ternary |
    roleBits.case |
    roleBits.binary |
    roleBits.terminator;
  if ((bits & flow) === 0) return;
  const has = (bit: number): boolean => (bits & bit) !== 0;
  const structural = (): void => {
    frame.cognitive += 1 + frame.level;
    frame.structural++;
    frame.ownStructural++;
  };
  const enter = (): void => {
    frame.deepest = Math.max(frame.deepest, frame.control + 1);
  };

  if (has(roleBits.if)) {
    frame.cyclomatic++;
    if (isElseIf(tree, node)) frame.cognitive++;
    else {
      structural();
      enter();
    }
    if (hasPlainElse(tree, node)) frame.cognitive++;
  } else if (has(roleBits.elseIf)) {
    frame.cyclomatic++;
    frame.cognitive++;
  } else if (has(roleBits.else)) {
    const parent = parentOf(tree, node);
    const isBranch = hasRole(tree, parent, 'if') || hasRole(tree, parent, 'elseIf') || hasRole(tree, parent, 'loop');
    if (isBranch && !childrenOf(tree, node).some((child) => hasRole(tree, child, 'if'))) frame.cognitive++;
  } else if (has(roleBits.loop)) {
    frame.cyclomatic++;
    structural();
    enter();
    frame.deepestLoop = Math.max(frame.deepestLoop, frame.loops + 1);
  } else if (has(roleBits.switch)) {
    structural();
    enter();
  } else if (has(roleBits.try)) {
    enter();
  } else if (has(roleBits.catch) && isCatch(tree, node)) {
    frame.cyclomatic++;
    structural();
  } else if (has(roleBits.ternary)) {
    frame.cyclomatic++;
    structural();
  } else if (has(roleBits.case)) {
    if (!isDefaultCase(tree, node) && !fallsThrough(tree, node)) frame.cyclomatic++;
  } else if (has(roleBits.binary)) {
    countLogical(tree, node, frame);
  } else if (has(roleBits.terminator) && isLabelledJump(tree, node)) {
    frame.cognitive++;
  }
}

function hasPlainElse(tree: CodeTree, node: number): boolean {
  const branch = fieldOf(tree, node, 'alternative') ?? tree.grammar.table.elseBranch?.(tree, node) ?? null;
  return (
    branch !== null &&
    !hasRole(tree, branch, 'else') &&
    !hasRole(tree, branch, 'elseIf') &&
    !hasRole(tree, branch, 'if')
  );
}

/** A label without statements of its own shares the path of the next one. */
function fallsThrough(tree: CodeTree, node: number): boolean {
  if (!tree.grammar.table.sharesCases) return false;
  const next = nextOf(tree, node);
  return partsOf(tree, node).length === 1 && next < tree.size && hasRole(tree, next, 'case');
}

function isDefaultCase(tree: CodeTree, node: number): boolean {
  const text = tree.text.slice(tree.start[node] ?? 0, (tree.start[node] ?? 0) + 20);
  return /^(?:default\b|else\b|_\s*(?:=>|:|->)|case\s+_\s*:|case\s*default\b|\*\)|\(\*\))/.test(text);
}

export function logicalOperator(tree: CodeTree, node: number): string | null {
  if (!hasRole(tree, node, 'binary')) return null;
  const { logicalOperators } = tree.grammar.table;
  const operator = fieldOf(tree, node, 'operator');
  if (operator !== null) {
    const kind = kindOf(tree, operator);
    return logicalOperators.includes(kind) ? kind : null;
  }
  for (const child of childrenOf(tree, node)) {
    if (!isNamed(tree, child) && logicalOperators.includes(kindOf(tree, child))) return kindOf(tree, child);
  }
  return null;
}

/** Counts a whole tree of logical operators when its topmost one is met: one point per run of equal operators. */
function countLogical(tree: CodeTree, node: number, frame: Frame): void {
  if (logicalOperator(tree, node) === null) return;
  frame.cyclomatic++;
  let above = parentOf(tree, node);
  while (above >= 0 && hasRole(tree, above, 'parentheses')) above = parentOf(tree, above);
  if (above >= 0 && logicalOperator(tree, above) !== null) return;

  let last = '';
  const pending: (number | string)[] = [node];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (typeof item === 'string') {
      if (item !== last) frame.cognitive++;
      last = item;
      continue;
    }
    const operator = logicalOperator(tree, item);
    const parts = childrenOf(tree, item).filter((child) => isNamed(tree, child) && !hasRole(tree, child, 'comment'));
    if (operator === null) {
      const [only] = parts;
      if (hasRole(tree, item, 'parentheses') && parts.length === 1 && only !== undefined) pending.push(only);
      continue;
    }
    for (const [index, part] of [...parts.entries()].reverse()) {
      pending.push(part);
      if (index > 0) pending.push(operator);
    }
  }
}

function isLabelledJump(tree: CodeTree, node: number): boolean {
  const kind = kindOf(tree, node);
  if (kind.startsWith('goto')) return true;
  if (!/^(?:break|continue)/.test(kind)) return false;
  const label = childrenOf(tree, node).find((child) => isNamed(tree, child));
  return label !== undefined && /^(?:statement_identifier|label|label_name|identifier)$/.test(kindOf(tree, label));
}
