import picomatch from 'picomatch';
import { classifyPath } from '../classify-path';
import type { ComponentFact, FileFact, ImportFact } from '../facts/code';
import { compareText } from '../hash';
import { directoryOf, isScriptPath, languageOfPath } from '../paths';
import type { Graph } from './graph';

/** One import that crosses a boundary it should not cross. */
export interface Crossing {
  path: string;
  line: number;
  target: string;
}

const ECMA = new Set(['typescript', 'tsx', 'javascript']);
/** Test code is left out of these builds by conditions that an import does not show. */
const CONDITIONAL = new Set(['c', 'cpp', 'rust']);
/** Production by its place, a helper of tests by its name. */
const SERVES_TESTS = /test|spec|mock|fixture|fake|stub|stories|e2e|bench|example|demo|sample|debug|dev/i;

const key = ({ path, target }: Crossing) => `${path}\n${target}`;

/** The first import of a file by another. */
function unique<Found extends Crossing>(crossings: readonly Found[]): Found[] {
  const first = new Map<string, Found>();
  for (const crossing of crossings) if (!first.has(key(crossing))) first.set(key(crossing), crossing);
  return [...first.values()];
}

/** In Python `test_properties` among the code may be about properties of a product that tests. */
const isOnlyNamed = (target: string) =>
  target.endsWith('.py') && classifyPath(`${directoryOf(target)}/index.py`) === 'production';

/** Code that ships and needs code that does not. */
export function importsOfTests(files: readonly FileFact[], imports: readonly ImportFact[]): Crossing[] {
  const roles = new Map(files.map((file) => [file.path, file.role]));
  const found = imports.flatMap(({ path, line, role, target, isTypeOnly }): Crossing[] => {
    if (target === null || isTypeOnly || role !== 'production' || roles.get(target) !== 'test') return [];
    const language = languageOfPath(path);
    if (language === null || CONDITIONAL.has(language)) return [];
    return SERVES_TESTS.test(path) || isScriptPath(path) || isOnlyNamed(target) ? [] : [{ path, line, target }];
  });
  return unique(found);
}

/** Imports of files of another package by their place, past the name under which that package offers what it offers. */
export function importsOfInternals(
  components: readonly ComponentFact[],
  files: readonly FileFact[],
  imports: readonly ImportFact[],
): (Crossing & { owner: string })[] {
  const packages = new Map(components.filter(({ kind }) => kind === 'workspace').map(({ id, name }) => [id, name]));
  const componentOf = new Map(files.map((file) => [file.path, file.component]));
  const found = imports.flatMap(({ path, line, role, target, specifier, isTypeOnly }) => {
    if (target === null || isTypeOnly || role !== 'production' || isScriptPath(path)) return [];
    const from = componentOf.get(path) ?? '.';
    const to = componentOf.get(target) ?? '.';
    const owner = packages.get(to);
    if (from === to || owner === undefined || !packages.has(from)) return [];
    if (from.startsWith(`${to}/`) || to.startsWith(`${from}/`)) return [];
    return isInternal(path, specifier, target.slice(to.length + 1), owner) ? [{ path, line, target, owner }] : [];
  });
  return unique(found);
}

function isInternal(path: string, specifier: string, inside: string, owner: string): boolean {
  const language = languageOfPath(path);
  if (language !== null && ECMA.has(language)) {
    if (specifier.startsWith('.')) return /\.[cm]?[jt]sx?$/.test(inside);
    return specifier.startsWith(`${owner}/src/`) || specifier.startsWith(`${owner}/internal/`);
  }
  return language === 'python' && inside.split('/').some((segment) => /^_[^_]/.test(segment));
}

const STABLE = 0.3;
const UNSTABLE = 0.7;
const MIN_DEPENDENTS = 3;

/** Parts that many depend on and that depend on a part which itself leans on most others: Martin's instability. */
export function unstableEdges(graph: Graph): { from: string; to: string; stable: number; unstable: number }[] {
  const incoming = new Map<string, number>();
  for (const targets of graph.values()) for (const to of targets) incoming.set(to, (incoming.get(to) ?? 0) + 1);
  const instability = (node: string) => {
    const outgoing = graph.get(node)?.size ?? 0;
    const all = outgoing + (incoming.get(node) ?? 0);
    return all === 0 ? 0 : outgoing / all;
  };
  const found: { from: string; to: string; stable: number; unstable: number }[] = [];
  for (const from of [...graph.keys()].sort(compareText)) {
    if ((incoming.get(from) ?? 0) < MIN_DEPENDENTS || instability(from) > STABLE) continue;
    for (const to of [...(graph.get(from) ?? [])].sort(compareText)) {
      // Back and forth is a cycle, which has a rule of its own.
      if (instability(to) < UNSTABLE || graph.get(to)?.has(from)) continue;
      found.push({ from, to, stable: instability(from), unstable: instability(to) });
    }
  }
  return found;
}

export interface Layer {
  name: string;
  paths: string[];
  mayImport: string[];
}

/** The first layer whose patterns match a path, null for files outside all layers. */
export function layerFinder(layers: readonly Layer[]): (path: string) => Layer | null {
  const matchers = layers.map((layer) => ({ layer, isIn: picomatch(layer.paths, { dot: true, nonegate: true }) }));
  const known = new Map<string, Layer | null>();
  return (path) => {
    const cached = known.get(path);
    if (cached !== undefined) return cached;
    const layer = matchers.find(({ isIn }) => isIn(path))?.layer ?? null;
    known.set(path, layer);
    return layer;
  };
}

/** Imports between layers that the rules of the team do not allow. */
export function importsAcrossLayers(
  layers: readonly Layer[],
  imports: readonly ImportFact[],
): (Crossing & { from: string; to: string })[] {
  if (layers.length === 0) return [];
  const layerOf = layerFinder(layers);
  const found = imports.flatMap(({ path, line, role, target, isTypeOnly }) => {
    if (target === null || isTypeOnly || role !== 'production') return [];
    const from = layerOf(path);
    const to = layerOf(target);
    if (!from || !to || from === to || from.mayImport.includes(to.name)) return [];
    return [{ path, line, target, from: from.name, to: to.name }];
  });
  return unique(found);
}
