import { expect, test } from 'vitest';
import { findRule, magics } from '@/lib/magics/registry';
import { RuleView } from '@/lib/schemas/magics';
import { toRuleView } from './rule-view';

const rules = magics.flatMap((magic) => magic.rules);

function view(ruleId: string): RuleView {
  const rule = findRule(ruleId);
  if (!rule) throw new Error(`no rule ${ruleId}`);
  return toRuleView(rule);
}

test.each(rules.map((rule) => [rule.id, rule] as const))('%s is shown as the API promises', (_, rule) => {
  expect(RuleView.parse(toRuleView(rule))).toEqual(toRuleView(rule));
  expect(toRuleView(rule).evidenceKinds.length).toBeGreaterThan(0);
});

test('says how grave a finding may get and how that caps the magic', () => {
  expect(view('flow/no-neutralised-gate')).toMatchObject({
    severity: 'high',
    upTo: 'critical',
    cap: { limit: 49, severity: 'critical', findings: 1 },
  });
  expect(view('strict/no-built-sql')).toMatchObject({ upTo: null, cap: { limit: 74, severity: 'high', findings: 4 } });
  expect(view('strict/no-long-function').cap).toBeNull();
});

test('common names of a flaw lead to its rule', () => {
  const named = (term: string) => rules.filter((rule) => toRuleView(rule).terms.includes(term)).map(({ id }) => id);

  expect(named('xss')).toEqual(['strict/no-raw-markup']);
  expect(named('path traversal')).toEqual(['strict/no-path-from-input']);
  expect(named('n+1')).toEqual(['strict/no-query-in-loop']);
  expect(rules.flatMap(({ terms }) => terms).filter((term) => term !== term.toLowerCase())).toEqual([]);
});

test('languages are those of the examples where each language has forms of its own, else none', () => {
  expect(view('strict/no-unsafe-deserialisation').languages).toEqual([
    'csharp',
    'java',
    'javascript',
    'php',
    'python',
    'ruby',
  ]);
  expect(view('strict/no-long-function').languages).toEqual([]);
  expect(view('git/no-huge-commit')).toMatchObject({ languages: [], evidenceKinds: ['history'] });
});

test('options tell their kind, range, choices and default', () => {
  const [gates] = view('flow/has-gates').options;
  const [length] = view('git/has-short-subject').options;

  expect(gates).toMatchObject({
    name: 'gates',
    kind: 'texts',
    choices: ['tests', 'lint', 'security', 'performance', 'docs'],
  });
  expect(length).toEqual({ name: 'maxLength', kind: 'number', choices: [], least: 40, most: 200, fallback: '72' });
  expect(view('strict/no-long-function').options).toMatchObject([{ least: 5, most: null, fallback: '50' }]);
  expect(view('servant/no-boundary-violation').options).toMatchObject([{ kind: 'objects' }]);
});
