'use client';

import Button from '@mui/material/Button';
import { useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { ProjectOverview } from '@/lib/schemas/projects';
import { PastAuditsDialog } from './PastAuditsDialog';

/** How many past weeks wait, and for who may run audits the way to ask for more. Takes an audit to look back from. */
export function PastAudits({ overview }: { overview: ProjectOverview }) {
  const t = useMessages();
  const format = useFormat();
  const words = t.project.trend.past;
  const [isOpen, setOpen] = useState(false);
  const { pastUnderWay, canRunAudit, current } = overview;
  return (
    <>
      {pastUnderWay > 0 && <span role="status">{words.underWay(format.number(pastUnderWay))}</span>}
      {canRunAudit && current?.commit && (
        <Button size="small" color="info" sx={{ ml: '-9px' }} onClick={() => setOpen(true)}>
          {words.button}
        </Button>
      )}
      {isOpen && <PastAuditsDialog projectId={overview.projectId} onClose={() => setOpen(false)} />}
    </>
  );
}
