'use client';

import Box from '@mui/material/Box';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { ChangeList } from '@/components/policy/ChangeList';
import { useConfiguration } from '@/components/policy/use-configuration';
import type { AuditComparison } from '@/lib/schemas/comparisons';
import { policyChanges } from './policy-changes';

interface PolicyChangesProps extends Pick<AuditComparison, 'policy'> {
  teamId: string;
}

/** Each setting of the policy that differs, with both values. */
export function PolicyChanges({ policy, teamId }: PolicyChangesProps) {
  const t = useMessages();
  const words = t.compare.policy;
  return (
    <Panel title={words.title} headingId="policy">
      {policy.length === 0 ? (
        <Box component="p" sx={{ color: 'text.secondary' }}>
          {words.none}
        </Box>
      ) : (
        <Changes policy={policy} teamId={teamId} />
      )}
    </Panel>
  );
}

/** Names of rules and what holds unless it is set come with the configuration of the team. */
function Changes({ policy, teamId }: PolicyChangesProps) {
  const t = useMessages();
  const query = useConfiguration(teamId);
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <RowSkeletons rows={policy.length} height={36} />;
  return (
    <ChangeList changes={policyChanges(policy)} options={query.data.availableOptions} label={t.compare.policy.list} />
  );
}
