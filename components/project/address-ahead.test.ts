import { expect, test } from 'vitest';
import { createAddressAhead } from './address-ahead';

test('what was put last holds though an earlier address is drawn meanwhile', () => {
  const ahead = createAddressAhead();
  ahead.draw('/findings');
  ahead.put('/findings?finding=next');
  ahead.put('/findings?finding=chosen');

  ahead.draw('/findings?finding=next');
  expect(ahead.latest()).toBe('/findings?finding=chosen');
  ahead.draw('/findings?finding=chosen');
  expect(ahead.latest()).toBeNull();
});

test('parts of a page that tell of the same address take nothing away', () => {
  const ahead = createAddressAhead();
  ahead.put('/findings?finding=a');
  ahead.draw('/findings?finding=a');
  ahead.put('/findings?finding=b');

  ahead.draw('/findings?finding=a');

  expect(ahead.latest()).toBe('/findings?finding=b');
});

test('an address that is drawn already stays right until another is drawn', () => {
  const ahead = createAddressAhead();
  ahead.draw('/findings?finding=a');
  ahead.put('/findings?finding=a');

  ahead.draw('/findings?finding=a');
  expect(ahead.latest()).toBe('/findings?finding=a');
  ahead.put('/findings?finding=b');
  ahead.draw('/findings?finding=b');
  expect(ahead.latest()).toBeNull();
});

test.each([
  ['a link', (ahead: ReturnType<typeof createAddressAhead>) => ahead.draw('/rules')],
  ['the back button', (ahead: ReturnType<typeof createAddressAhead>) => ahead.clear()],
])('who goes elsewhere by %s is there', (_, go) => {
  const ahead = createAddressAhead();
  ahead.put('/findings?finding=a');

  go(ahead);

  expect(ahead.latest()).toBeNull();
});
