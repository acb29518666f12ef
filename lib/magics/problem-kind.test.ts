import { expect, test } from 'vitest';
import * as z from 'zod';
import { isSeen } from './hidden-text';
import { kindOfIssue } from './problem-kind';

test.each([
  ['a number below its range', z.number().min(1), 0, { kind: 'least', expected: '1' }],
  ['a number above its range', z.number().max(5), 9, { kind: 'most', expected: '5' }],
  ['a number at an open end', z.number().gt(0), 0, { kind: 'above', expected: '0' }],
  ['a number at the other open end', z.number().lt(1), 1, { kind: 'below', expected: '1' }],
  ['a whole number below its range', z.int().min(2), 1, { kind: 'least', expected: '2' }],
  ['a text that is short', z.string().min(2), 'a', { kind: 'shortest', expected: '2' }],
  ['a text that is long', z.string().max(2), 'abc', { kind: 'longest', expected: '2' }],
  ['a list with few entries', z.array(z.string()).min(1), [], { kind: 'fewest', expected: '1' }],
  ['what is not all seen', z.string().refine(isSeen, { params: { kind: 'hidden' } }), 'a\u202eb', { kind: 'hidden' }],
  ['a list with many entries', z.array(z.string()).max(1), ['a', 'b'], { kind: 'greatest', expected: '1' }],
  ['another value', z.enum(['a', 'b']), 'c', { kind: 'choice', expected: 'a, b' }],
  ['a text for a number', z.number(), '1', { kind: 'number' }],
  ['a fraction', z.number().int(), 1.5, { kind: 'whole' }],
  ['a number for a text', z.string(), 1, { kind: 'text' }],
  ['a text for a switch', z.boolean(), 'yes', { kind: 'switch' }],
  ['a text for a list', z.array(z.string()), 'a', { kind: 'list' }],
  ['a text for an object', z.object({}), 'a', { kind: 'object' }],
  ['a name that does not exist', z.strictObject({}), { a: 1 }, { kind: 'unknown' }],
  ['what no kind is for', z.string().regex(/^a/), 'b', null],
])('%s has a kind', (_, schema, value, kind) => {
  const [issue] = schema.safeParse(value).error?.issues ?? [];

  expect(issue && kindOfIssue(issue)).toEqual(kind);
});
