import { describe, expect, test } from 'vitest';
import { cyclesOf, shortestCycle } from './graph';

const graph = (edges: Record<string, string[]>) =>
  new Map(Object.entries(edges).map(([node, targets]) => [node, new Set(targets)]));

describe('cyclesOf', () => {
  test('finds each knot once and leaves chains alone', () => {
    const edges = graph({ a: ['b'], b: ['c'], c: ['a', 'd'], d: ['e'], e: [], x: ['y'], y: ['x'] });

    expect(cyclesOf(edges)).toEqual([
      ['a', 'b', 'c'],
      ['x', 'y'],
    ]);
  });

  test('joins cycles that share a node', () => {
    expect(cyclesOf(graph({ a: ['b'], b: ['a', 'c'], c: ['b'] }))).toEqual([['a', 'b', 'c']]);
  });

  test('holds on a chain of 50,000 nodes', () => {
    const edges = new Map(Array.from({ length: 50_000 }, (_, index) => [`n${index}`, new Set([`n${index + 1}`])]));
    edges.set('n50000', new Set(['n0']));

    expect(cyclesOf(edges)[0]).toHaveLength(50_001);
  });
});

describe('shortestCycle', () => {
  test('takes the shortest way round', () => {
    const edges = graph({ a: ['b'], b: ['c'], c: ['d', 'b'], d: ['a'] });

    expect(shortestCycle(edges, ['a', 'b', 'c', 'd'])).toEqual(['b', 'c']);
  });

  test('never leaves the component', () => {
    const edges = graph({ a: ['x', 'b'], b: ['c'], c: ['a'], x: ['a'] });

    expect(shortestCycle(edges, ['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
  });
});
