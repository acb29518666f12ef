'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { Icon } from '@/components/marks/Icon';
import { ChangeList } from '@/components/policy/ChangeList';
import { changesBetween } from '@/components/policy/changes';
import { isSilent } from '@/components/policy/silent-changes';
import type { Draft } from '@/components/policy/use-draft';
import type { AvailableOptions, Configuration, SectionKey } from '@/lib/schemas/configuration';

interface OwnSettingsProps {
  team: Configuration;
  draft: Draft;
  options: AvailableOptions;
  /** Parts in which the project differs from its team. */
  parts: readonly SectionKey[];
  isReadOnly: boolean;
}

/** Where the project differs from its team, with the way back to what the team says. */
export function OwnSettings({ team, draft, options, parts, isReadOnly }: OwnSettingsProps) {
  const t = useMessages();
  const words = t.policy.project;
  const changes = changesBetween(team, draft.configuration).filter((change) => !isSilent(change, options));
  return (
    <Panel headingId="own" title={words.own} meta={words.ownAbout}>
      {changes.length === 0 ? (
        <Box component="p" sx={{ color: 'text.secondary' }}>
          {words.asTeam}
        </Box>
      ) : (
        <ChangeList changes={changes} options={options} label={words.own} />
      )}
      {!isReadOnly && parts.length > 0 && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, mt: 3 }}>
          {parts.map((part) => (
            <Button
              key={part}
              size="small"
              variant="outlined"
              startIcon={<Icon name="undo" size={13} />}
              onClick={() => draft.change({ [part]: team[part] })}
            >
              {words.back(t.policy.parts[part])}
            </Button>
          ))}
        </Box>
      )}
    </Panel>
  );
}
