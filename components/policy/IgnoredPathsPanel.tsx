'use client';

import { LinesField } from '@/components/forms/LinesField';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { usePolicyForm } from './form-context';

/** Paths that no rule looks at. */
export function IgnoredPathsPanel() {
  const t = useMessages();
  const { draft, change, isReadOnly, errorAt } = usePolicyForm('ignorePaths');
  const words = t.policy.paths;
  return (
    <Panel headingId="ignored" title={words.ignored} meta={words.ignoredAbout}>
      <LinesField
        label={words.globs}
        value={draft.ignorePaths}
        onChange={(ignorePaths) => change({ ignorePaths })}
        help={words.globsHelp}
        error={errorAt('ignorePaths')}
        rows={4}
        isReadOnly={isReadOnly}
      />
    </Panel>
  );
}
