import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';

/** Hands what a Server Component loaded to React Query; newer data replaces older, never the other way round. */
export function Seeded({
  entries,
  children,
}: {
  entries: readonly (readonly [readonly unknown[], unknown])[];
  children: ReactNode;
}) {
  const client = new QueryClient();
  for (const [key, data] of entries) client.setQueryData(key, data);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
