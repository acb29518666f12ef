'use client';

import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { usePolicyForm } from './form-context';
import { NumberSetting } from './NumberSetting';

/** How long audits are kept. */
export function RetentionPanel() {
  const t = useMessages();
  const { draft, change, isReadOnly, errorAt } = usePolicyForm('retention');
  const { retention } = draft;
  const words = t.policy.schedule;
  return (
    <Panel headingId="retention" title={words.retention} meta={words.retentionAbout}>
      <Box sx={{ display: 'grid', gap: 5, maxWidth: 640 }}>
        <NumberSetting
          label={words.days}
          value={retention.days}
          unit={t.policy.repository.days}
          placeholder={words.unlimited}
          least={1}
          most={3_650}
          isOptional
          help={words.daysHelp}
          error={errorAt('retention', 'days')}
          isReadOnly={isReadOnly}
          onChange={(days) => change({ retention: { ...retention, days } })}
        />
        <NumberSetting
          label={words.audits}
          value={retention.audits}
          unit={words.auditsUnit}
          placeholder={words.unlimited}
          least={1}
          most={100_000}
          isOptional
          help={words.auditsHelp}
          error={errorAt('retention', 'audits')}
          isReadOnly={isReadOnly}
          onChange={(audits) => change({ retention: { ...retention, audits } })}
        />
      </Box>
    </Panel>
  );
}
