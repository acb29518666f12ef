'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { ChangeList } from '@/components/policy/ChangeList';
import { changesBetween } from '@/components/policy/changes';
import { toldChanges } from '@/components/policy/told-changes';
import type { AvailableOptions, Configuration, RecommendedPolicy } from '@/lib/schemas/configuration';

interface DifferencesPanelProps {
  recommended: RecommendedPolicy;
  /** What holds now, and what is about to be saved in its place. */
  held: Configuration;
  draft: Configuration;
  options: AvailableOptions;
  canApply: boolean;
  onApply: () => void;
}

/** What taking it over would change, setting by setting. Nothing is saved before a reason is given. */
export function DifferencesPanel(props: DifferencesPanelProps) {
  const { recommended, held, draft, options, canApply, onApply } = props;
  const t = useMessages();
  const words = t.policy.recommended;
  const changesFrom = (configuration: Configuration) =>
    toldChanges(changesBetween(configuration, recommended.configuration), options, t.policy.parts);
  const changes = changesFrom(held);
  const isTaken = changesFrom(draft).length === 0;
  return (
    <Panel headingId="differences" title={words.differences} meta={words.differencesAbout}>
      {changes.length === 0 ? (
        <Box component="p" sx={{ color: 'text.secondary' }}>
          {words.same}
        </Box>
      ) : (
        <>
          <ChangeList changes={changes} options={options} label={words.differences} />
          {canApply && (
            <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 3, mt: 4 }}>
              <Button variant="contained" onClick={onApply} disabled={isTaken}>
                {words.apply}
              </Button>
              <Box component="span" role="status" sx={{ typography: 'body2', color: 'text.secondary' }}>
                {isTaken ? words.taken : words.applyHelp}
              </Box>
            </Box>
          )}
        </>
      )}
    </Panel>
  );
}
