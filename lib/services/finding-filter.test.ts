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
