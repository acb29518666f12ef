import { expect, test } from 'vitest';
import { parseProjectsFilter, portfolioRequest, projectsAddress } from './filter';

const WHOLE = { status: null, search: '', stack: null, isEveryTeam: false, sort: 'last_audit' } as const;
const parse = (query: string) => parseProjectsFilter(new URLSearchParams(query));

test('an address without parameters is the whole list, last audit first', () => {
  expect(parse('')).toEqual(WHOLE);
});

test('what an address asks for comes back from the filter', () => {
  const address = '/projects?status=failed&search=checkout+api&stack=csharp&teams=all&sort=health';

  expect(projectsAddress(parse(address.split('?')[1] ?? ''))).toBe(address);
});

test('unknown values are left out', () => {
  expect(parse('status=broken&sort=size')).toEqual(WHOLE);
});

test('defaults stay out of the address', () => {
  expect(projectsAddress(WHOLE)).toBe('/projects');
});

test('the service is asked for the team on screen unless all are wanted', () => {
  expect(portfolioRequest(parse('stack=go'), 'team')).toEqual({ sort: 'last_audit', stack: 'go', teamId: 'team' });
  expect(portfolioRequest(parse('teams=all&status=failed'), 'team')).toEqual({ sort: 'last_audit', status: 'failed' });
});
