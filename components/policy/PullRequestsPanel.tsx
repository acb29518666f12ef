'use client';

import Box from '@mui/material/Box';
import { TextArea } from '@/components/forms/TextArea';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import type { Configuration } from '@/lib/schemas/configuration';
import { usePolicyForm } from './form-context';
import { SmallSelect } from './SmallSelect';
import { SwitchLine } from './SwitchLine';

const SWITCHES = ['audit', 'drafts', 'commitStates', 'annotations', 'comment'] as const;
const LANGUAGES = [
  { value: 'en', name: 'English' },
  { value: 'ja', name: '日本語' },
] as const;

/** Which pull requests are audited, and what their host is told. */
export function PullRequestsPanel() {
  const t = useMessages();
  const { draft, change, isReadOnly, errorAt } = usePolicyForm('pullRequests');
  const { pullRequests } = draft;
  const words = t.policy.pullRequests;
  const set = (part: Partial<Configuration['pullRequests']>) => change({ pullRequests: { ...pullRequests, ...part } });
  return (
    <Panel headingId="pull-requests" title={words.title} meta={words.about}>
      <Box sx={{ display: 'grid', gap: 2, maxWidth: 640 }}>
        {SWITCHES.map((name) => (
          <SwitchLine
            key={name}
            label={words[name]}
            help={words[`${name}Help`]}
            isOn={pullRequests[name]}
            isReadOnly={isReadOnly}
            onChange={(isOn) => set({ [name]: isOn })}
          />
        ))}
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 3, py: 1 }}>
          <Box component="span" sx={{ fontWeight: 500 }}>
            {words.language}
          </Box>
          <SmallSelect
            label={words.language}
            value={pullRequests.language}
            options={LANGUAGES}
            isReadOnly={isReadOnly}
            onChange={(language) => set({ language })}
          />
        </Box>
        <TextArea
          label={words.template}
          value={pullRequests.template ?? ''}
          help={words.templateHelp}
          error={errorAt('pullRequests', 'template')}
          isReadOnly={isReadOnly}
          onChange={(template) => set({ template: template.trim() === '' ? null : template })}
        />
      </Box>
    </Panel>
  );
}
