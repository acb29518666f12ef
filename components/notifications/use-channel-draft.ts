'use client';

import { useState } from 'react';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { useLeaveGuard } from '@/components/forms/use-leave-guard';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { ChannelKind } from '@/lib/schemas/channel-kinds';
import { type ChannelDraft, changesOf, type DraftField, type DraftProblems, draftProblems } from './draft';

interface DraftOptions {
  kind: ChannelKind;
  isNew: boolean;
  base: ChannelDraft;
}

/** What stands in the form, what is wrong with it as far as that is told already, and what it changes. */
export function useChannelDraft({ kind, isNew, base }: DraftOptions) {
  const t = useMessages();
  const [edited, setEdited] = useState<ChannelDraft | null>(null);
  const [left, setLeft] = useState<ReadonlySet<DraftField>>(new Set());
  const [isAsked, setAsked] = useState(false);
  const [isSent, setSent] = useState(false);
  const draft = edited ?? base;
  const all = draftProblems(draft, { kind, isNew, t });
  const told = Object.entries(all).filter(([field]) => isAsked || left.has(field as DraftField));
  const changes = changesOf(draft, base, kind);
  const isChanged = Object.keys(changes).length > 0;
  useLeaveGuard(isChanged && !isSent);
  return {
    draft,
    changes,
    isChanged,
    problems: Object.fromEntries(told) as DraftProblems,
    change: (part: Partial<ChannelDraft>) => setEdited({ ...draft, ...part }),
    leave: (field: DraftField) => setLeft(new Set([...left, field])),
    /** Whether it can be sent; else the fields that are wrong are told, and the first is focused. */
    isFine: () => {
      setAsked(true);
      if (Object.keys(all).length === 0) return true;
      focusFirstError();
      return false;
    },
    /** What was saved is the base now. */
    reset: () => {
      setEdited(null);
      setLeft(new Set());
      setAsked(false);
    },
    letGo: () => setSent(true),
  };
}
