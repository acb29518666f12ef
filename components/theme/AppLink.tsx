'use client';

import NextLink from 'next/link';
import type { ComponentProps } from 'react';

/** Every link of the product. Pages outside go through a plain anchor. Rows say `prefetch={false}`: a list is long. */
export function AppLink({ href, ...rest }: ComponentProps<typeof NextLink>) {
  if (typeof href === 'string' && /^[a-z]+:/i.test(href)) {
    const { prefetch: _, replace: __, scroll: ___, shallow: ____, ...anchor } = rest;
    return <a href={href} rel="noreferrer" {...anchor} />;
  }
  return <NextLink href={href} {...rest} />;
}
