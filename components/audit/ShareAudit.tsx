'use client';

import Button from '@mui/material/Button';
import { useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { ShareDialog } from './ShareDialog';

/** Opens what makes and lists links to the audit's report. */
export function ShareAudit({ auditId, number }: { auditId: string; number: number }) {
  const t = useMessages();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="outlined" onClick={() => setOpen(true)}>
        {t.share.links.button}
      </Button>
      {isOpen && <ShareDialog auditId={auditId} number={number} onClose={() => setOpen(false)} />}
    </>
  );
}
