'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect, useRef, useState } from 'react';
import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { AvailableOptions } from '@/lib/schemas/configuration';
import { ConflictDialog } from './ConflictDialog';
import { conflictVersion } from './conflict-version';
import type { Draft } from './use-draft';
import type { Conflict } from './use-save';

interface ConflictNoteProps {
  conflict: Conflict;
  draft: Draft;
  options: AvailableOptions;
  onEnd: (isKeeping: boolean) => void;
}

/** Somebody else saved first: nothing that was typed is lost. */
export function ConflictNote({ conflict, draft, options, onEnd }: ConflictNoteProps) {
  const t = useMessages();
  const format = useFormat();
  const [isComparing, setComparing] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const words = t.policy.conflict;
  // Whoever saved may be far down the page, each time they try.
  useEffect(() => {
    if (conflict) place.current?.scrollIntoView({ block: 'center' });
    place.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [conflict]);
  return (
    <Box ref={place} sx={{ scrollMarginTop: '64px' }}>
      <Note
        role="alert"
        status="warning"
        action={
          <Button size="small" variant="outlined" onClick={() => setComparing(true)}>
            {words.compare}
          </Button>
        }
      >
        {words.text(conflict.by ?? words.somebody, conflictVersion(conflict, t, format.number))}
      </Note>
      {isComparing && (
        <ConflictDialog
          conflict={conflict}
          draft={draft}
          options={options}
          onClose={() => setComparing(false)}
          onEnd={onEnd}
        />
      )}
    </Box>
  );
}
