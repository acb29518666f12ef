'use client';

import { useCallback } from 'react';
import { useToast } from '@/components/feedback/ToastProvider';
import { useMessages } from '@/components/i18n/LocaleProvider';

export function useCopyPatch(): (patch: string) => void {
  const t = useMessages();
  const toast = useToast();
  return useCallback(
    (patch) => {
      navigator.clipboard.writeText(patch).then(
        () => toast({ text: t.findings.patchCopied }),
        () => toast({ text: t.findings.noClipboard }),
      );
    },
    [t, toast],
  );
}
