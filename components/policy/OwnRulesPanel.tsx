'use client';

import { OwnRulesEditor } from '@/components/own-rules/OwnRulesEditor';
import { FieldError } from './FieldError';
import { usePolicyForm } from './form-context';

/** Rules that the team wrote itself. */
export function OwnRulesPanel({ teamId }: { teamId: string }) {
  const { draft, change, isReadOnly, errorAt } = usePolicyForm('ownRules');
  return (
    <div>
      <OwnRulesEditor
        teamId={teamId}
        value={draft.ownRules}
        onChange={(ownRules) => change({ ownRules })}
        canEdit={!isReadOnly}
      />
      <FieldError text={errorAt('ownRules')} />
    </div>
  );
}
