import type { InfiniteData } from '@tanstack/react-query';
import type { FindingPage, FindingView } from '@/lib/schemas/findings';
import type { PersonView, VerdictKey } from '@/lib/schemas/triage';

/** What somebody makes of findings; what is left out stays. */
export interface TriageAction {
  verdict?: { verdict: VerdictKey; reason: string; until: string | null } | null;
  assignee?: PersonView | null;
}

/** What a query holds: pages of a list, or one finding. */
type Held = InfiniteData<FindingPage> | FindingView | undefined;

/** The finding as it will be once the server has heard of the change. */
export function withAction(finding: FindingView, { verdict, assignee }: TriageAction): FindingView {
  const isLive = finding.state !== 'fixed' && finding.state !== 'suppressed';
  return {
    ...finding,
    ...(assignee !== undefined && { assignee }),
    ...(verdict && {
      verdict: { ...verdict, isInForce: true, givenBy: null, givenAt: null },
      state: isLive ? verdict.verdict : finding.state,
    }),
    ...(verdict === null && {
      verdict: null,
      state: isLive && finding.verdict?.isInForce ? 'existing' : finding.state,
    }),
  };
}

/** The same data with the findings changed. `isOpenList`: those that are open no longer leave it. */
export function applyAction<Data extends Held>(
  data: Data,
  ids: ReadonlySet<string>,
  action: TriageAction,
  isOpenList: boolean,
): Data {
  if (data === undefined) return data;
  if (!('pages' in data))
    return 'findingId' in data && ids.has(data.findingId) ? (withAction(data, action) as Data) : data;
  const leaves = isOpenList && action.verdict != null;
  const gone = leaves
    ? data.pages.flatMap(({ items }) => items).filter(({ findingId }) => ids.has(findingId)).length
    : 0;
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      total: page.total - gone,
      items: leaves
        ? page.items.filter(({ findingId }) => !ids.has(findingId))
        : page.items.map((one) => (ids.has(one.findingId) ? withAction(one, action) : one)),
    })),
  };
}

/** Whether a list, by the filter in its key, shows open findings alone. */
export function isOpenList(key: readonly unknown[]): boolean {
  const filter = key[2];
  if (typeof filter !== 'object' || filter === null) return false;
  if (key[0] === 'inbox') return 'view' in filter && filter.view !== 'expiring';
  return !('state' in filter) && !('findingId' in filter);
}
