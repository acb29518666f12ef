'use client';

import Box from '@mui/material/Box';
import { LinesField } from '@/components/forms/LinesField';
import { SelectField } from '@/components/forms/SelectField';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { SeverityMark } from '@/components/marks/SeverityMark';
import { SEVERITIES } from '@/lib/magics/types';
import type { Configuration } from '@/lib/schemas/configuration';
import { usePolicyForm } from './form-context';
import { NumberSetting } from './NumberSetting';
import { ToggleChips } from './ToggleChips';

const SAYS = ['allowed', 'listed'] as const;

/** What a repository may ask for in its own settings file and in comments. */
export function RepositoryPanel() {
  const t = useMessages();
  const { draft, change, isReadOnly, errorAt } = usePolicyForm('repository');
  const { repository } = draft;
  const words = t.policy.repository;
  const set = (part: Partial<Configuration['repository']>) => change({ repository: { ...repository, ...part } });
  const says = SAYS.map((value) => ({ value, name: words.says[value] }));
  return (
    <Panel headingId="repository" title={words.title} meta={words.about}>
      <Box sx={{ display: 'grid', gap: 5, maxWidth: 640 }}>
        <SelectField
          label={words.suppressions}
          value={repository.suppressions}
          options={says}
          help={words.suppressionsHelp}
          isReadOnly={isReadOnly}
          onChange={(suppressions) => set({ suppressions })}
        />
        <NumberSetting
          label={words.maxDays}
          value={repository.maxSuppressionDays}
          unit={words.days}
          least={1}
          most={36_600}
          help={words.maxDaysHelp}
          error={errorAt('repository', 'maxSuppressionDays')}
          isReadOnly={isReadOnly}
          onChange={(value) => value !== null && set({ maxSuppressionDays: value })}
        />
        <SelectField
          label={words.ignorePaths}
          value={repository.ignorePaths}
          options={says}
          isReadOnly={isReadOnly}
          onChange={(ignorePaths) => set({ ignorePaths })}
        />
        <NumberSetting
          label={words.maxShare}
          value={Math.round(repository.maxIgnoredShare * 100)}
          unit="%"
          least={0}
          most={100}
          help={words.maxShareHelp}
          error={errorAt('repository', 'maxIgnoredShare')}
          isReadOnly={isReadOnly}
          onChange={(value) => value !== null && set({ maxIgnoredShare: value / 100 })}
        />
        <ToggleChips
          label={words.severities}
          options={SEVERITIES.map((severity) => ({
            value: severity,
            name: t.common.severity[severity],
            mark: <SeverityMark severity={severity} />,
          }))}
          chosen={repository.enforcedSeverities}
          help={words.severitiesHelp}
          isReadOnly={isReadOnly}
          onChange={(enforcedSeverities) => set({ enforcedSeverities })}
        />
        <LinesField
          label={words.rules}
          value={repository.enforcedRules}
          help={words.rulesHelp}
          error={errorAt('repository', 'enforcedRules')}
          isReadOnly={isReadOnly}
          onChange={(enforcedRules) => set({ enforcedRules })}
        />
      </Box>
    </Panel>
  );
}
