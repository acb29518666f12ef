'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { Triage } from './use-triage';
import { VerdictDialog } from './VerdictDialog';

interface BaselineProps {
  projectId: string;
  /** How many findings are open. */
  open: number;
  acceptAll: Triage['acceptAll'];
}

/** Accepts all that is open, so that an old repository begins with what is new. */
export function Baseline({ projectId, open, acceptAll }: BaselineProps) {
  const t = useMessages();
  const format = useFormat();
  const words = t.triage.baseline;
  const [isOpen, setOpen] = useState(false);
  const accept = useMutation({
    mutationFn: ({ reason, until }: { reason: string; until: string | null }) => acceptAll(projectId, reason, until),
    onSuccess: () => setOpen(false),
  });
  return (
    <>
      <Button size="small" color="info" onClick={() => setOpen(true)}>
        {words.action}
      </Button>
      {isOpen && (
        <VerdictDialog
          title={words.title(format.number(open))}
          submit={words.submit}
          isPending={accept.isPending}
          onClose={() => setOpen(false)}
          onSubmit={(reason, until) => accept.mutate({ reason, until })}
        >
          {accept.isError && <ErrorNote error={accept.error} />}
          <Box component="p" sx={{ color: 'text.secondary' }}>
            {words.about}
          </Box>
        </VerdictDialog>
      )}
    </>
  );
}
