'use client';

import { ConditionGroup } from '@/components/gate/ConditionGroup';
import { NEW_CODE, TOTAL } from '@/components/gate/conditions';
import { FailedMagic } from '@/components/gate/FailedMagic';
import { NewCodePanel } from '@/components/gate/NewCodePanel';
import { SentencePanel } from '@/components/gate/SentencePanel';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { CompliancePanel } from '@/components/policy/CompliancePanel';
import { IgnoredPathsPanel } from '@/components/policy/IgnoredPathsPanel';
import { PathRulesPanel } from '@/components/policy/PathRulesPanel';
import { RepositoryPanel } from '@/components/policy/RepositoryPanel';
import { RetentionPanel } from '@/components/policy/RetentionPanel';
import { RulesPanel } from '@/components/policy/RulesPanel';
import { SchedulePanel } from '@/components/policy/SchedulePanel';
import { StrictnessPanel } from '@/components/policy/StrictnessPanel';
import { WeightsPanel } from '@/components/policy/WeightsPanel';
import type { ConfigurationPreview, SectionKey } from '@/lib/schemas/configuration';

interface PartPanelsProps {
  allowed: readonly SectionKey[];
  preview: ConfigurationPreview | undefined;
}

/** A panel for each part that the team lets projects set. */
export function PartPanels({ allowed, preview }: PartPanelsProps) {
  const t = useMessages();
  const may = (...parts: SectionKey[]) => parts.some((part) => allowed.includes(part));
  return (
    <>
      {may('strictness', 'focusAreas') && <StrictnessPanel />}
      {may('magics') && <WeightsPanel />}
      {may('gate') && (
        <>
          <SentencePanel />
          <ConditionGroup id="new" conditions={NEW_CODE} preview={preview} />
          <ConditionGroup id="total" conditions={TOTAL} preview={preview} />
          <Panel headingId="failed-magic" title={t.gate.failedMagic.label}>
            <FailedMagic />
          </Panel>
          <NewCodePanel />
        </>
      )}
      {may('ignorePaths') && <IgnoredPathsPanel />}
      {may('pathRules') && <PathRulesPanel />}
      {may('repository') && <RepositoryPanel />}
      {may('schedule') && <SchedulePanel />}
      {may('retention') && <RetentionPanel />}
      {may('complianceFrameworks') && <CompliancePanel />}
      {may('rules') && <RulesPanel />}
    </>
  );
}
