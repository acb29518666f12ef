import { describe, expect, test } from 'vitest';
import type { BadgeMetric } from '@/lib/schemas/badges';
import { type BadgeFacts, buildBadge } from './badge';

const FACTS: BadgeFacts = {
  health: 84.6,
  judged: 8,
  asked: 8,
  gate: 'warning',
  magics: {
    tdd: { status: 'failed', score: 49.2, coverage: 1 },
    git: { status: 'inconclusive', score: null, coverage: 0 },
  },
};

const titleOf = (svg: string) => /<title>(.*?)<\/title>/.exec(svg)?.[1];
const told = (metric: BadgeMetric, change: Partial<BadgeFacts> = {}, language: 'en' | 'ja' = 'en') =>
  titleOf(buildBadge(metric, { ...FACTS, ...change }, language));

describe('a badge', () => {
  test('says number and word, in both languages', () => {
    expect(told('health')).toBe('health: 85 Good');
    expect(told('gate')).toBe('gate: Warning');
    expect(told('tdd')).toBe('TDD Guardian: 49 Failed');
    expect(told('health', {}, 'ja')).toBe('健全度: 85 良好');
  });

  test('never makes a pass of what is missing', () => {
    expect(told('health', { health: null })).toBe('health: no score');
    expect(told('gate', { gate: null })).toBe('gate: no verdict');
    expect(told('git')).toBe('Git Chronicle: Inconclusive');
    const little = { status: 'inconclusive', score: 95, coverage: 0.3 } as const;
    expect(told('sages', { magics: { sages: little } })).toMatch(/: 95 Inconclusive \(30 % judged\)$/);
    expect(told('flow')).toBe('Flow Compliance: no score');
    expect(told('health', { judged: 7 })).toBe('health: 85 Good (7 of 8)');
  });

  test('of nothing says that nothing is known', () => {
    expect(titleOf(buildBadge('gate', null, 'en'))).toBe('Ancient Elder: unknown');
  });

  test('is as wide as its words and runs nothing', () => {
    const widthOf = (svg: string) => Number(/width="(\d+)"/.exec(svg)?.[1]);
    const [short, long] = [buildBadge('health', FACTS, 'ja'), buildBadge('tdd', FACTS, 'en')];

    expect(widthOf(long)).toBeGreaterThan(widthOf(short) + 20);
    expect(long).not.toMatch(/<(style|script|image|foreignObject)|href|on\w+=|\sid=/);
  });
});
