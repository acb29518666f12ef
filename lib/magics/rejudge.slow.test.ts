import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { factsFrom } from '@/tests/support/sketch';
import { evaluate } from './evaluate';
import type { Facts } from './facts';
import { Policy } from './policy';
import { magics } from './registry';
import { rejudge } from './rejudge';
import { NO_TEAM, viewRepository } from './repository-view';

/** Every change that can be told from what is kept, or is said to need an audit. */
const CHANGES: [string, object, object][] = [
  ['stricter', {}, { strictness: 1 }],
  ['laxer', {}, { strictness: 0.3 }],
  ['laxest to strictest', { strictness: 0 }, { strictness: 1 }],
  ['weights and focus', {}, { focusAreas: ['tdd'], magics: { tdd: { weight: 40 } } }],
  ['some rules off', {}, { rules: everyOther({ isEnabled: false }) }],
  ['some rules on', { rules: everyOther({ isEnabled: false }) }, {}],
  ['severities set', {}, { rules: everyOther({ severity: 'critical' }) }],
  ['severities set otherwise', { rules: everyOther({ severity: 'high' }) }, { rules: everyOther({ severity: 'low' }) }],
  ['severities no longer set', { rules: everyOther({ severity: 'critical' }) }, {}],
  ['less grave at paths', {}, { pathRules: [{ glob: 'src/**', maxSeverity: 'low' }] }],
  ['more grave at paths again', { pathRules: [{ glob: 'src/**', maxSeverity: 'low' }] }, {}],
  ['paths ignored', {}, { ignorePaths: ['src/**'] }],
  ['rules off at paths', {}, { pathRules: [{ glob: 'src/**', magicsOff: ['strict', 'tdd'] }] }],
  ['repository listed', {}, { repository: { suppressions: 'listed', ignorePaths: 'listed' } }],
  ['repository no longer listed', { repository: { suppressions: 'listed', ignorePaths: 'listed' } }, {}],
];

const ALWAYS_TOLD = new Set(['weights and focus', 'some rules off']);

function everyOther<Setting>(setting: Setting): Record<string, Setting> {
  const ids = magics.flatMap(({ rules }) => rules.map(({ id }) => id));
  return Object.fromEntries(ids.filter((_, at) => at % 2 === 0).map((id) => [id, setting]));
}

/** A repository for each magic, made of what its rules report. */
async function factsOfRules(magicAt: number): Promise<Facts[]> {
  const rules = magics[magicAt]?.rules ?? [];
  const sketches = rules.flatMap(({ examples }) => examples.bad.slice(0, 1));
  const settings = {
    '.elder.yml':
      'version: 1\nignorePaths: [gen/**]\nsuppressions:\n  - rule: integrity/no-stub\n    reason: the host fills it in\n    expires: 2030-01-01\n',
  };
  return Promise.all(
    sketches.map((sketch, at) =>
      factsFrom(at % 3 === 0 && sketch.files ? { ...sketch, files: { ...sketch.files, ...settings } } : sketch),
    ),
  );
}

const demotedRules = ['strict/no-long-function', 'integrity/no-debug-leftover', 'tdd/has-assertion'];
const team = { ...NO_TEAM, demotedRules };
const judge = (at: number, facts: Facts, policy: Policy) => {
  const magic = magics[at];
  if (!magic) throw new Error('no such magic');
  return evaluate(magic, facts, policy, viewRepository(facts, policy, team));
};

describe.each(magics.map(({ id }, at) => ({ id, at })))('$id', ({ at }) => {
  test('says from what is kept what it would say of the facts, or that it cannot', { timeout: 120_000 }, async () => {
    const magic = magics[at];
    if (!magic) throw new Error('no such magic');
    for (const facts of await factsOfRules(at)) {
      for (const [name, from, to] of CHANGES) {
        const [before, after] = [Policy.parse(from), Policy.parse(to)];
        const { needAudit, ...told } = rejudge(magic, judge(at, facts, before), { before, after, demotedRules });
        // Scores that another policy gave are none to a new one.
        const missing = { ...facts.missing, scores: 'no-audits' };
        const real = judge(at, { ...facts, scores: null, missing }, after);

        if (ALWAYS_TOLD.has(name)) expect([name, needAudit]).toEqual([name, []]);
        const open = new Set(needAudit.map(({ ruleId }) => ruleId));
        const rulesOf = (rules: typeof real.rules) =>
          rules.filter(({ ruleId }) => !open.has(ruleId)).map(({ metrics: _, ...rule }) => rule);
        const findingsOf = (findings: typeof real.findings) =>
          findings
            .filter(({ ruleId }) => !open.has(ruleId))
            .map(({ fingerprint, severity }) => `${fingerprint} ${severity}`);
        expect([name, rulesOf(told.rules)]).toEqual([name, rulesOf(real.rules)]);
        expect([name, findingsOf(told.findings)]).toEqual([name, findingsOf(real.findings)]);
        if (open.size > 0) continue;
        const { status, score, coverage, cap, counts } = real;
        expect([name, told]).toMatchObject([name, { status, score, coverage, cap, counts }]);
      }
    }
  });
});

test('takes a time that grows with the findings, not with their square', async () => {
  const at = magics.findIndex(({ id }) => id === 'integrity');
  const magic = magics[at];
  const [facts] = await factsOfRules(at);
  if (!magic || !facts) throw new Error('no facts');
  const before = Policy.parse({});
  const kept = judge(at, facts, before);
  const [finding] = kept.findings;
  if (!finding) throw new Error('no finding');
  const findings = Array.from({ length: 40_000 }, (_, number) => ({ ...finding, fingerprint: String(number) }));
  const startedAt = cpuTimeMs();

  const told = rejudge(magic, { ...kept, findings }, { before, after: before, demotedRules: [] });

  expect(told.findings).toHaveLength(40_000);
  expect(cpuTimeMs() - startedAt).toBeLessThan(1_000);
});
