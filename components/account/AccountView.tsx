'use client';

import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { IdentitiesPanel } from './IdentitiesPanel';
import { LookPanel } from './LookPanel';
import { NameForm } from './NameForm';
import { PasswordForm } from './PasswordForm';
import { SessionsPanel } from './SessionsPanel';

/** What is a person's own, whichever team is on screen. */
export function AccountView({ user, isRefused }: { user: { name: string; email: string }; isRefused: boolean }) {
  const t = useMessages();
  const texts = t.access.account;
  return (
    <>
      <PageHeader title={texts.title} lead={user.email} />
      <Box sx={{ display: 'grid', gap: 4, maxWidth: 720 }}>
        <Panel title={texts.profile} headingId="account-profile">
          <NameForm name={user.name} />
        </Panel>
        <LookPanel />
        <Panel title={texts.password} headingId="account-password">
          <PasswordForm email={user.email} />
        </Panel>
        <IdentitiesPanel isRefused={isRefused} />
        <SessionsPanel />
      </Box>
    </>
  );
}
