'use client';

import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '@/components/api/keys';
import { loadMagicDetail } from '@/components/magic/load-magic-detail';
import type { FindingView } from '@/lib/schemas/findings';
import { type RuleCost, ruleCost } from './rule-cost';

const FRESH_MS = 60_000;

/** What the rule of an open finding of ours costs; null until that is known, and where nothing can be said. */
export function useRuleCost({ projectId, magic, ruleId, state }: FindingView): RuleCost | null {
  const isOpen = state === 'new' || state === 'existing' || state === 'reopened';
  const own = magic === 'imported' ? null : magic;
  const { data } = useQuery({
    queryKey: queryKeys.magic(projectId, own ?? 'integrity'),
    queryFn: ({ signal }) => loadMagicDetail(projectId, own ?? 'integrity', signal),
    enabled: isOpen && own !== null,
    staleTime: FRESH_MS,
  });
  return data && isOpen && own !== null ? ruleCost(data, ruleId) : null;
}
