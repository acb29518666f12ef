'use client';

import { LinesField } from '@/components/forms/LinesField';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { usePolicyForm } from './form-context';

/** Which branches a push audits, besides that of the project. */
export function BranchesPanel() {
  const t = useMessages();
  const { draft, change, isReadOnly, errorAt } = usePolicyForm('branches');
  const words = t.policy.branches;
  return (
    <Panel headingId="branches" title={words.title} meta={words.about}>
      <LinesField
        label={words.patterns}
        value={draft.branches}
        onChange={(branches) => change({ branches })}
        help={words.help}
        error={errorAt('branches')}
        rows={4}
        isReadOnly={isReadOnly}
      />
    </Panel>
  );
}
