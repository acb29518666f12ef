'use client';

import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { AppLink } from '@/components/theme/AppLink';
import type { ProjectOverview } from '@/lib/schemas/projects';
import { BadgeDialog } from './BadgeDialog';
import { DeleteProjectDialog } from './DeleteProjectDialog';
import { RenameProjectDialog } from './RenameProjectDialog';

/** What an admin may do with the project itself. */
export function ProjectMenu({ overview }: { overview: ProjectOverview }) {
  const t = useMessages();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [dialog, setDialog] = useState<'rename' | 'badge' | 'delete' | null>(null);
  const open = (which: 'rename' | 'badge' | 'delete') => {
    setAnchor(null);
    setDialog(which);
  };
  const close = () => setDialog(null);
  return (
    <>
      <IconButton
        aria-label={t.project.manage.menu}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ width: 36, height: 36 }}
      >
        <Icon name="dots" />
      </IconButton>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      >
        <MenuItem onClick={() => open('rename')}>
          <Icon name="pencil" />
          {t.project.manage.rename}
        </MenuItem>
        <MenuItem component={AppLink} href={`/projects/${overview.projectId}/configuration`}>
          <Icon name="sliders" />
          {t.policy.project.menu}
        </MenuItem>
        <MenuItem component={AppLink} href={`/projects/${overview.projectId}/webhook`}>
          <Icon name="globe" />
          {t.webhooks.title}
        </MenuItem>
        <MenuItem onClick={() => open('badge')}>
          <Icon name="eye" />
          {t.share.badge.menu}
        </MenuItem>
        <MenuItem onClick={() => open('delete')} sx={{ color: 'error.main' }}>
          <Icon name="bin" />
          {t.project.manage.delete}
        </MenuItem>
      </Menu>
      {dialog === 'rename' && <RenameProjectDialog overview={overview} onClose={close} />}
      {dialog === 'badge' && <BadgeDialog overview={overview} onClose={close} />}
      {dialog === 'delete' && <DeleteProjectDialog overview={overview} onClose={close} />}
    </>
  );
}
