import { expect, test } from 'vitest';
import { pageAddress } from './page-address';

test.each(['/projects/%ff', '/%', '/shared/%E0%A4', '/api/auth/%ff?x=1', '/projects/%zz/findings'])(
  '%s is an address of nothing',
  (url) => {
    expect(pageAddress(url)).toBe('/%EF%BF%BD');
  },
);

test.each(['/projects', '/projects/%E5%AD%90', '/projects?search=%ff', '/%252f%25ff', '/projects/%00'])(
  '%s is asked for as it is',
  (url) => {
    expect(pageAddress(url)).toBe(url);
  },
);
