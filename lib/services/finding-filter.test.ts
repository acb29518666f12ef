import { expect, test } from 'vitest';
import { FindingFilter } from '@/lib/schemas/findings';
import { parseFindingFilter, whereOf } from './finding-filter';

const parse = (filter: Partial<FindingFilter>) => parseFindingFilter(FindingFilter.parse(filter));

test('shows what is open unless asked otherwise', () => {
  expect(parse({}).states).toEqual(['new', 'existing', 'reopened']);
});

test('reads comma-separated lists', () => {
  expect(parse({ severity: 'critical, high' }).severities).toEqual(['critical', 'high']);
});

test('names what is allowed when a value does not exist', () => {
  expect(() => parse({ severity: 'huge' })).toThrow(/critical, high, medium, low, info/);
});

test('wildcards of the database in a path are plain text', () => {
  expect(whereOf(parse({ path: '100%_a' }), true, null).path).toEqual({ contains: '100\\%\\_a', mode: 'insensitive' });
});

test('leaves severity out where counts by severity are wanted', () => {
  const parsed = parse({ severity: 'high' });

  expect(whereOf(parsed, true, null).severity).toEqual({ in: ['high'] });
  expect(whereOf(parsed, false, null).severity).toBeUndefined();
});

test('a framework stands for the rules that are tagged with its controls', () => {
  const { rules } = parse({ framework: 'iso27001' });

  expect(rules).toContain('strict/no-secret');
  expect(rules).not.toContain('strict/no-long-function');
  expect(parse({ framework: 'iso27001,owasp' }).rules?.length).toBeGreaterThan(rules?.length ?? 0);
});

test('rules that are asked for by name and by framework are both', () => {
  const rule = 'strict/no-secret,strict/no-long-function,eslint/no-eval';

  expect(parse({ framework: 'iso27001', rule }).rules).toEqual(['strict/no-secret']);
  expect(whereOf(parse({ framework: 'iso27001', rule: 'eslint/no-eval' }), true, null).ruleId).toEqual({ in: [] });
  expect(() => parse({ framework: 'iso9001' })).toThrow(/framework: use iso27001, soc2/);
});
