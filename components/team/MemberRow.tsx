'use client';

import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { reasonText } from '@/components/forms/reason-text';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import type { MemberView, TeamRole } from '@/lib/schemas/teams';
import { PasswordLinkDialog } from './PasswordLinkDialog';
import { RemoveMemberDialog } from './RemoveMemberDialog';
import { RoleMenu } from './RoleMenu';
import { isAtLeast } from './roles';
import { ROW } from './row-style';

interface MemberRowProps {
  team: { id: string; name: string; role: TeamRole };
  member: MemberView;
}

export function MemberRow({ team, member }: MemberRowProps) {
  const t = useMessages();
  const format = useFormat();
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [dialog, setDialog] = useState<'remove' | 'password' | null>(null);
  const mayManage = isAtLeast(team.role, 'admin') && isAtLeast(team.role, member.role);
  const mayReset = team.role === 'owner' && member.kind === 'person' && !member.isYou;
  const change = useMutation({
    mutationFn: (role: TeamRole) =>
      callApi<MemberView>(`/teams/${team.id}/members/${member.userId}`, { method: 'PATCH', body: { role } }),
    onSuccess: async ({ name, role }) => {
      const before = member.role;
      toast({
        text: t.access.members.changed(name, t.access.roles[role]),
        ...(!member.isYou && { action: { label: t.access.members.undo, run: () => change.mutate(before) } }),
      });
      await client.invalidateQueries({ queryKey: queryKeys.members(team.id) });
      if (member.isYou) router.refresh();
    },
  });
  const open = (which: 'remove' | 'password') => {
    setAnchor(null);
    setDialog(which);
  };
  return (
    <Box component="li" sx={ROW}>
      <Box sx={{ flex: '1 1 160px', minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 2 }}>
          <Box component="span" sx={{ fontWeight: 500, overflowWrap: 'anywhere' }}>
            {member.name}
          </Box>
          {member.isYou && <Chip size="small" label={t.access.you} />}
        </Box>
        <Box sx={{ typography: 'body2', color: 'elder.text3', overflowWrap: 'anywhere' }}>
          {member.email ?? t.access.members.service}
          {' · '}
          {t.access.members.joined(format.date(member.joinedAt))}
        </Box>
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, ml: 'auto' }}>
        {mayManage ? (
          <RoleMenu
            member={member}
            own={team.role}
            isBusy={change.isPending}
            onChange={(role) => change.mutate(role)}
          />
        ) : (
          <Box component="span" sx={{ color: 'text.secondary', px: 2 }}>
            {t.access.roles[member.role]}
          </Box>
        )}
        {mayManage || member.isYou ? (
          <IconButton
            aria-label={t.access.members.menuOf(member.name)}
            aria-haspopup="menu"
            aria-expanded={anchor !== null}
            onClick={(event) => setAnchor(event.currentTarget)}
          >
            <Icon name="dots" />
          </IconButton>
        ) : (
          <Box sx={{ width: 30 }} />
        )}
      </Box>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {mayReset && (
          <MenuItem onClick={() => open('password')}>
            <Icon name="key" />
            {t.access.members.resetLink}
          </MenuItem>
        )}
        <MenuItem onClick={() => open('remove')} sx={{ color: 'error.main' }}>
          <Icon name={member.isYou ? 'leave' : 'bin'} />
          {member.isYou ? t.access.members.leave : t.access.members.remove}
        </MenuItem>
      </Menu>
      {change.isError && (
        <Box sx={{ flexBasis: '100%' }}>
          <ErrorNote error={change.error} text={reasonText(t, change.error)} />
        </Box>
      )}
      {dialog === 'remove' && <RemoveMemberDialog team={team} member={member} onClose={() => setDialog(null)} />}
      {dialog === 'password' && <PasswordLinkDialog teamId={team.id} member={member} onClose={() => setDialog(null)} />}
    </Box>
  );
}
