'use client';

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { callApi, problemOf } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { problemText } from '@/lib/i18n/problem-text';
import type { TriageChange } from '@/lib/schemas/triage';
import { applyAction, isOpenList, type TriageAction } from './triage-cache';

export interface Triage {
  /** Shown at once, then sent; goes back when the server refuses. */
  apply: (findingIds: readonly string[], action: TriageAction) => void;
  /** Accepts all open findings of a project; throws when the server refuses. */
  acceptAll: (projectId: string, reason: string, until: string | null) => Promise<void>;
  /** Takes the last change back; nothing when there is none. */
  undo: () => void;
}

/** Judges and assigns findings; each change can be taken back for as long as the page is open. */
export function useTriage(): Triage {
  const t = useMessages();
  const format = useFormat();
  const client = useQueryClient();
  const toast = useToast();
  const last = useRef<Promise<string | null> | null>(null);

  const reread = useCallback(() => {
    for (const name of ['findings', 'inbox', 'overview', 'history', 'magic', 'portfolio']) {
      void client.invalidateQueries({ queryKey: [name] });
    }
  }, [client]);

  const undo = useCallback(async () => {
    const changeId = await last.current;
    last.current = null;
    if (!changeId) return;
    try {
      const { changed, unchanged } = await callApi<TriageChange>('/findings/undo', {
        method: 'POST',
        body: { changeId },
      });
      const words = t.triage.done;
      const kept = unchanged > 0 ? ` ${words.kept(format.number(unchanged))}` : '';
      toast({ text: `${words.undone(format.number(changed))}${kept}` });
    } catch (error) {
      toast({ text: problemText(t, problemOf(error).code) });
    }
    reread();
  }, [t, format, toast, reread]);

  const apply = useCallback(
    (findingIds: readonly string[], action: TriageAction) => {
      const ids = new Set(findingIds);
      const held = [queryKeys.allFindings, queryKeys.inbox].flatMap((queryKey) => client.getQueriesData({ queryKey }));
      void Promise.all([queryKeys.allFindings, queryKeys.inbox].map((queryKey) => client.cancelQueries({ queryKey })));
      for (const [key, data] of held) {
        client.setQueryData(key, applyAction(data as Parameters<typeof applyAction>[0], ids, action, isOpenList(key)));
      }
      const sending = send(findingIds, action);
      last.current = sending.catch(() => null);
      toast({
        text: said(t.triage.done, format.number(findingIds.length), action),
        action: { label: t.triage.undo, run: () => void undo() },
      });
      sending
        .catch((error: unknown) => {
          putBack(client.setQueryData.bind(client), held);
          toast({ text: problemText(t, problemOf(error).code) });
        })
        .finally(reread);
    },
    [client, t, format, toast, undo, reread],
  );
  const acceptAll = useCallback(
    async (projectId: string, reason: string, until: string | null) => {
      const path = `/projects/${projectId}/baseline`;
      const { changeId, changed } = await callApi<TriageChange>(path, { method: 'POST', body: { reason, until } });
      last.current = Promise.resolve(changeId);
      toast({
        text: t.triage.baseline.done(format.number(changed)),
        action: { label: t.triage.undo, run: () => void undo() },
      });
      reread();
    },
    [t, format, toast, undo, reread],
  );
  return { apply, acceptAll, undo: () => void undo() };
}

async function send(findingIds: readonly string[], { verdict, assignee }: TriageAction): Promise<string | null> {
  const change = {
    ...(verdict === null ? { verdict } : verdict),
    ...(assignee !== undefined && { assigneeId: assignee?.userId ?? null }),
  };
  const [only] = findingIds;
  const { changeId } =
    findingIds.length === 1
      ? await callApi<{ changeId: string | null }>(`/findings/${only}`, { method: 'PATCH', body: change })
      : await callApi<TriageChange>('/findings/bulk', { method: 'POST', body: { findingIds, ...change } });
  return changeId;
}

function putBack(set: (key: QueryKey, data: unknown) => void, held: readonly [QueryKey, unknown][]): void {
  for (const [key, data] of held) set(key, data);
}

function said(
  words: ReturnType<typeof useMessages>['triage']['done'],
  count: string,
  { verdict, assignee }: TriageAction,
): string {
  if (verdict) return words[verdict.verdict](count);
  if (verdict === null) return words.takenBack(count);
  return assignee ? words.assigned(count, assignee.name) : words.unassigned(count);
}
