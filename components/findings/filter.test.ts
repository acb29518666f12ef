import { expect, test } from 'vitest';
import { filterQuery, isNarrowed, parseFindingsFilter, parseGrouping, unknownValues } from './filter';

const RULES = { 'strict/no-secret': {}, 'git/no-large-file': {} };
const parse = (query: string) => parseFindingsFilter(new URLSearchParams(query), RULES);

test('an address without filters shows what is open', () => {
  const filter = parse('');

  expect(filter.state).toBe('open');
  expect(isNarrowed(filter)).toBe(false);
});

test('a filter survives the way through the address', () => {
  const query =
    'magic=strict,git&rule=strict%2Fno-secret&framework=soc2&severity=high,critical&state=fixed&path=src%2F&search=key';

  const filter = parse(query);

  expect(parse(new URLSearchParams(filterQuery(filter)).toString())).toEqual(filter);
  expect(filter).toMatchObject({ magic: ['strict', 'git'], rule: ['strict/no-secret'], framework: ['soc2'] });
  expect(filter).toMatchObject({ state: 'fixed', path: 'src/' });
});

test('what is not known is left out instead of failing', () => {
  const filter = parse(
    'magic=nonsense&framework=iso9001&severity=deadly&state=lost&rule=..%2F..%2Fetc,git%2Fno-such,constructor',
  );

  expect(isNarrowed(filter)).toBe(false);
});

test('rules of other tools are known by their shape alone', () => {
  expect(parse('magic=imported&rule=eslint%2Fno-eval,constructor')).toMatchObject({
    magic: ['imported'],
    rule: ['eslint/no-eval'],
  });
});

test('what is not known is named, so that the page can tell it', () => {
  const query =
    'magic=nonsense,git&framework=soc2,iso9001&severity=high&state=lost&rule=git%2Fno-such&group=colour&path=x';

  const unknown = unknownValues(new URLSearchParams(query), RULES);

  expect(unknown).toEqual(['magic=nonsense', 'rule=git/no-such', 'framework=iso9001', 'state=lost', 'group=colour']);
});

test('grouping is by rule unless the address says otherwise', () => {
  expect(parseGrouping(null)).toBe('rule');
  expect(parseGrouping('file')).toBe('file');
  expect(parseGrouping('owner')).toBe('rule');
});
