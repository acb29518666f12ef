import { expect, test } from 'vitest';
import { inboxQuery, isInboxNarrowed, parseInbox } from './inbox-filter';

const parse = (query: string) => parseInbox(new URLSearchParams(query));

test('one’s own findings are shown unless the address asks for others', () => {
  expect(parse('').view).toBe('mine');
  expect(parse('view=expiring').view).toBe('expiring');
  expect(parse('view=nonsense').view).toBe('mine');
});

test('an address and what the API is asked for say the same', () => {
  const choice = parse(
    'view=new&magic=git,tdd,nonsense&severity=high&framework=soc2,nonsense&search=%E6%B1%BA%E6%B8%88',
  );

  expect(inboxQuery(choice)).toEqual({
    view: 'new',
    magic: 'git,tdd',
    severity: 'high',
    framework: 'soc2',
    search: '決済',
  });
  expect([isInboxNarrowed(choice), isInboxNarrowed(parse('view=new'))]).toEqual([true, false]);
});
