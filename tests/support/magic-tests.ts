import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Magic, Rule, Sketch } from '@/lib/magics/define';
import { defaultPolicy, Policy } from '@/lib/magics/policy';
import { runRule } from '@/lib/magics/run-rule';
import { LANGUAGES, REASONS, type RuleResult, type Text } from '@/lib/magics/types';
import { factsFrom } from './sketch';

const RULE_FILE = /^(?:no|has)-[a-z0-9-]+\.ts$/;

/** Holds a magic and each of its rules to their texts and examples. One test file a magic: each gets a process of its own. */
export function testMagic(magic: Magic): void {
  beforeAll(() => {
    void readAhead(magic.rules);
  });

  test('registers each of its rule files', () => {
    const folder = new URL(`../../lib/magics/${magic.id}`, import.meta.url);
    const files = readdirSync(folder).filter((file) => RULE_FILE.test(file));
    const ids = files.map((file) => `${magic.id}/${file.replace('.ts', '')}`);

    expect(magic.rules.map((rule) => rule.id).sort()).toEqual(ids.sort());
  });

  test('speaks both languages', () => {
    const texts = [magic.title, magic.says, ...magic.groups.map((group) => group.title)];

    expect(texts.filter(isUntranslated)).toEqual([]);
  });

  describe.each([...magic.rules])('$id', (rule) => {
    test('speaks both languages', () => {
      const texts = [rule.title, rule.why, rule.fix, ...Object.values(rule.messages)];

      expect(texts.filter(isUntranslated)).toEqual([]);
    });

    test('names the same data in both languages of a message', () => {
      for (const message of Object.values(rule.messages)) {
        expect(placeholders(message.ja)).toEqual(placeholders(message.en));
      }
    });

    test('shows at least one bad and one good example', () => {
      expect(rule.examples.bad.length).toBeGreaterThan(0);
      expect(rule.examples.good.length).toBeGreaterThan(0);
    });

    test.each(rule.examples.bad.map((sketch) => ({ sketch })))('reports bad example %#', async ({ sketch }) => {
      const { result, findings } = await run(rule, sketch);

      expect(outcomeOf(result)).toEqual({ outcome: 'failed' });
      for (const { messageId, data } of findings) {
        const known = [...Object.keys(data)].sort();
        expect(known).toEqual(expect.arrayContaining(placeholders(rule.messages[messageId]?.en ?? '')));
      }
    });

    test.each(rule.examples.good.map((sketch) => ({ sketch })))('accepts good example %#', async ({ sketch }) => {
      const { result, findings } = await run(rule, sketch);

      expect({
        ...outcomeOf(result),
        findings: findings.map(({ path, messageId, data }) => ({ path, messageId, data })),
      }).toEqual({
        outcome: 'passed',
        findings: [],
      });
    });

    test('gives reasons that have a text', async () => {
      for (const sketch of [...rule.examples.bad, ...rule.examples.good]) {
        const { result } = await run(rule, sketch);
        if (result.reason) expect([...REASONS, ...Object.keys(rule.messages)]).toContain(result.reason.id);
      }
    });
  });
}

/** Reads a few sketches ahead of the tests: most of the time is spent waiting for Git. */
async function readAhead(rules: readonly Rule[]): Promise<void> {
  const sketches = rules.flatMap(({ examples }) => [...examples.bad, ...examples.good]);
  const next = sketches.values();
  const reader = async () => {
    for (const sketch of next) await factsFrom(sketch).catch(() => {});
  };
  await Promise.all([reader(), reader(), reader()]);
}

async function run(rule: Rule, sketch: Sketch) {
  const policy = sketch.options ? Policy.parse({ rules: { [rule.id]: { options: sketch.options } } }) : defaultPolicy;
  return runRule(rule, await factsFrom(sketch), policy);
}

/** A rule that threw says why. */
function outcomeOf({ outcome, reason }: RuleResult) {
  return outcome === 'error' ? { outcome, reason } : { outcome };
}

function isUntranslated(text: Text): boolean {
  return LANGUAGES.some((language) => text[language].trim() === '') || !/[\u3040-\u30ff\u4e00-\u9fff]/.test(text.ja);
}

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].sort();
}
