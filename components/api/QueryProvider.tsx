'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { problemOf } from './client';

const STALE_MS = 30_000;

/** Reads are repeated only when another try can end differently. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: STALE_MS,
            retry: (count, error) => count < 2 && isPassing(problemOf(error).status),
            refetchOnWindowFocus: true,
          },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function isPassing(status: number): boolean {
  return status === 0 || status === 429 || status === 502 || status === 503;
}
