import { expect, test } from 'vitest';
import { DependencyFilter } from '@/lib/schemas/dependencies';
import { dependenciesQuery, parseDependenciesFilter } from './filter';

test('an address is read as the API takes it', () => {
  const filter = parseDependenciesFilter(new URLSearchParams('ecosystem=npm&kind=direct&search=lod'));

  expect(DependencyFilter.parse(dependenciesQuery(filter))).toMatchObject({
    ecosystem: 'npm',
    kind: 'direct',
    search: 'lod',
  });
});

test.each(['', 'ecosystem=apt&kind=indirect', 'search=%00%0A'])('%s narrows nothing', (query) => {
  expect(dependenciesQuery(parseDependenciesFilter(new URLSearchParams(query)))).toEqual({});
});
