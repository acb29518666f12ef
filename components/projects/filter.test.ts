import { expect, test } from 'vitest';
import { parseProjectsFilter, projectsAddress } from './filter';

const parse = (query: string) => parseProjectsFilter(new URLSearchParams(query));

test('an address without parameters is the whole list, last audit first', () => {
  expect(parse('')).toEqual({ status: null, search: '', sort: 'last_audit' });
});

test('what an address asks for comes back from the filter', () => {
  const address = '/projects?status=failed&search=checkout+api&sort=health';

  expect(projectsAddress(parse(address.split('?')[1] ?? ''))).toBe(address);
});

test('unknown values are left out', () => {
  expect(parse('status=broken&sort=size')).toEqual({ status: null, search: '', sort: 'last_audit' });
});

test('defaults stay out of the address', () => {
  expect(projectsAddress({ status: null, search: '', sort: 'last_audit' })).toBe('/projects');
});
