import { expect, test } from 'vitest';
import type { FileHistoryFact } from '../facts/history';
import { degreeOfAuthorship, knowers, truckFactor } from './truck-factor';

const file = (path: string, createdBy: string, changes: Record<string, number>): FileHistoryFact => ({
  path,
  createdBy,
  createdIndex: 0,
  changedIn: '',
  createdAt: 0,
  changedAt: 0,
  revisions: 0,
  authors: Object.entries(changes).map(([author, count]) => ({ author, changes: count })),
});

test('the degree of authorship follows the published constants', () => {
  expect(degreeOfAuthorship(true, 0, 0)).toBeCloseTo(4.391);
  expect(degreeOfAuthorship(false, 10, Math.E - 1)).toBeCloseTo(3.293 + 1.64 - 0.321);
});

test('a file is known by its creator and by those who changed it much', () => {
  const known = knowers(file('a', 'ada', { ada: 1, bob: 30, cat: 1 }), () => true);

  expect(known).toEqual(['bob']);
});

test('one person who created everything makes a truck factor of one', () => {
  const files = ['a', 'b', 'c', 'd'].map((path) => file(path, 'ada', { ada: 5, bob: 1 }));

  expect(truckFactor(files)).toEqual({ factor: 1, people: ['ada'], orphanedByFirst: ['a', 'b', 'c', 'd'], files: 4 });
});

test('files spread over three people need two of them', () => {
  const files = [
    file('a', 'ada', { ada: 3 }),
    file('b', 'bob', { bob: 3 }),
    file('c', 'cat', { cat: 3 }),
    file('d', 'ada', { ada: 3 }),
  ];

  expect(truckFactor(files).factor).toBe(2);
});

test('bots know nothing', () => {
  expect(truckFactor([file('a', 'bot', { bot: 9 })], (author) => author !== 'bot')).toMatchObject({ files: 0 });
});
