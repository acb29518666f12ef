'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { useRunAudit } from '@/components/projects/use-run-audit';
import type { ProjectOverview } from '@/lib/schemas/projects';
import { RunAuditDialog } from './RunAuditDialog';
import { useCancelAudit } from './use-cancel-audit';

/** Cancel while an audit runs, and the split button that starts one. */
export function RunAudit({ overview }: { overview: ProjectOverview }) {
  const t = useMessages();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [dialog, setDialog] = useState<'magics' | 'branch' | null>(null);
  const runAudit = useRunAudit();
  const cancelAudit = useCancelAudit();
  const { projectId, projectName, running, current, branch, canRunAudit } = overview;
  if (!canRunAudit) {
    return (
      <Box component="p" sx={{ typography: 'body2', color: 'text.secondary', maxWidth: '38ch' }}>
        {t.project.run.notAllowed}
      </Box>
    );
  }
  const run = () => runAudit.mutate({ projectId, projectName });
  const open = (which: 'magics' | 'branch') => {
    setAnchor(null);
    setDialog(which);
  };
  return (
    <>
      {running && (
        <Button
          variant="outlined"
          color="error"
          startIcon={<Icon name="stop" size={14} />}
          loading={cancelAudit.isPending}
          loadingPosition="start"
          onClick={() =>
            cancelAudit.mutate({
              auditId: running.auditId,
              projectId,
              number: running.number,
              current: current?.number ?? null,
            })
          }
          sx={{ color: 'error.main' }}
        >
          {t.project.run.cancel}
        </Button>
      )}
      <Box sx={{ display: 'inline-flex' }}>
        <Button
          variant="contained"
          startIcon={<Icon name="play" size={14} />}
          loading={runAudit.isPending}
          loadingPosition="start"
          onClick={run}
          sx={{ borderRadius: '6px 0 0 6px' }}
        >
          {t.project.run.button}
        </Button>
        <Button
          variant="contained"
          aria-label={t.project.run.how}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={(event) => setAnchor(event.currentTarget)}
          sx={MORE}
        >
          <Icon name="down" size={14} />
        </Button>
      </Box>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      >
        <MenuItem
          onClick={() => {
            setAnchor(null);
            run();
          }}
        >
          {t.project.run.full(branch)}
        </MenuItem>
        <MenuItem onClick={() => open('magics')}>{t.project.run.chosen}</MenuItem>
        <MenuItem onClick={() => open('branch')}>{t.project.run.otherBranch}</MenuItem>
      </Menu>
      {dialog && <RunAuditDialog overview={overview} start={dialog} onClose={() => setDialog(null)} />}
    </>
  );
}

const MORE = {
  px: 2,
  borderRadius: '0 6px 6px 0',
  borderLeft: '1px solid',
  borderLeftColor: 'color-mix(in srgb, var(--mui-palette-elder-onInk) 28%, var(--mui-palette-elder-ink))',
} as const;
