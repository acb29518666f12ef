'use client';

import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { AppLink } from '@/components/theme/AppLink';
import type { PortfolioRow } from '@/lib/schemas/projects';
import { useRunAudit } from './use-run-audit';

export interface MenuPlace {
  row: PortfolioRow;
  /** A control, or where the pointer was. */
  at: HTMLElement | { left: number; top: number };
}

export function RowMenuButton({ row, onOpen }: { row: PortfolioRow; onOpen: (place: MenuPlace) => void }) {
  const t = useMessages();
  return (
    <IconButton
      aria-label={t.projects.menu(row.projectName)}
      aria-haspopup="menu"
      onClick={(event) => onOpen({ row, at: event.currentTarget })}
      sx={{ width: 28, height: 28 }}
    >
      <Icon name="dots" />
    </IconButton>
  );
}

/** One menu for the whole table. */
export function RowMenu({ place, onClose }: { place: MenuPlace | null; onClose: () => void }) {
  const t = useMessages();
  const runAudit = useRunAudit();
  if (!place) return null;
  const { row, at } = place;
  const anchor =
    at instanceof HTMLElement ? { anchorEl: at } : { anchorReference: 'anchorPosition' as const, anchorPosition: at };
  return (
    <Menu {...anchor} open onClose={onClose}>
      <MenuItem component={AppLink} href={`/projects/${row.projectId}`} onClick={onClose}>
        <Icon name="projects" />
        {t.projects.open}
      </MenuItem>
      {row.lastAudit && (
        <MenuItem component={AppLink} href={`/audits/${row.lastAudit.auditId}`} onClick={onClose}>
          <Icon name="audits" />
          {t.projects.openAudit(row.lastAudit.number)}
        </MenuItem>
      )}
      <MenuItem
        onClick={() => {
          onClose();
          runAudit.mutate({ projectId: row.projectId, projectName: row.projectName });
        }}
      >
        <Icon name="play" />
        {t.projects.run}
      </MenuItem>
    </Menu>
  );
}
