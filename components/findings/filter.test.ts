import { expect, test } from 'vitest';
import { filterQuery, isNarrowed, parseFindingsFilter, parseGrouping } from './filter';

const parse = (query: string) => parseFindingsFilter(new URLSearchParams(query));

test('an address without filters shows what is open', () => {
  const filter = parse('');

  expect(filter.state).toBe('open');
  expect(isNarrowed(filter)).toBe(false);
});

test('a filter survives the way through the address', () => {
  const query = 'magic=strict,git&rule=strict%2Fno-secret&severity=high,critical&state=fixed&path=src%2F&search=key';

  const filter = parse(query);

  expect(parse(new URLSearchParams(filterQuery(filter)).toString())).toEqual(filter);
  expect(filter).toMatchObject({ magic: ['strict', 'git'], rule: ['strict/no-secret'], state: 'fixed', path: 'src/' });
});

test('what is not known is left out instead of failing', () => {
  const filter = parse('magic=nonsense&severity=deadly&state=lost&rule=..%2F..%2Fetc');

  expect(isNarrowed(filter)).toBe(false);
});

test('grouping is by rule unless the address says otherwise', () => {
  expect(parseGrouping(null)).toBe('rule');
  expect(parseGrouping('file')).toBe('file');
  expect(parseGrouping('owner')).toBe('rule');
});
