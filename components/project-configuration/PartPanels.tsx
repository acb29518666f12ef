'use client';

import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { ConditionGroup } from '@/components/gate/ConditionGroup';
import { NEW_CODE, TOTAL } from '@/components/gate/conditions';
import { FailedMagic } from '@/components/gate/FailedMagic';
import { NewCodePanel } from '@/components/gate/NewCodePanel';
import { SentencePanel } from '@/components/gate/SentencePanel';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { ANCHORED } from '@/components/layout/AnchorNav';
import { Panel } from '@/components/layout/Panel';
import { BranchesPanel } from '@/components/policy/BranchesPanel';
import { CompliancePanel } from '@/components/policy/CompliancePanel';
import { IgnoredPathsPanel } from '@/components/policy/IgnoredPathsPanel';
import { PathRulesPanel } from '@/components/policy/PathRulesPanel';
import { PullRequestsPanel } from '@/components/policy/PullRequestsPanel';
import { RepositoryPanel } from '@/components/policy/RepositoryPanel';
import { RetentionPanel } from '@/components/policy/RetentionPanel';
import { RulesPanel } from '@/components/policy/RulesPanel';
import { SchedulePanel } from '@/components/policy/SchedulePanel';
import { StrictnessPanel } from '@/components/policy/StrictnessPanel';
import { WeightsPanel } from '@/components/policy/WeightsPanel';
import type { ConfigurationPreview, SectionKey } from '@/lib/schemas/configuration';
import { anchorOf, type ProjectPart, partsOf } from './project-parts';

interface PartPanelsProps {
  allowed: readonly SectionKey[];
  preview: ConfigurationPreview | undefined;
}

/** A panel for each part that the team lets projects set. */
export function PartPanels({ allowed, preview }: PartPanelsProps) {
  const t = useMessages();
  const may = (...parts: SectionKey[]) => parts.some((part) => allowed.includes(part));
  const panels: Record<ProjectPart, ReactNode> = {
    judging: (
      <>
        {may('strictness', 'focusAreas') && <StrictnessPanel />}
        {may('magics') && <WeightsPanel />}
      </>
    ),
    gate: (
      <>
        <SentencePanel />
        <ConditionGroup id="new" conditions={NEW_CODE} preview={preview} />
        <ConditionGroup id="total" conditions={TOTAL} preview={preview} />
        <Panel headingId="failed-magic" title={t.gate.failedMagic.label}>
          <FailedMagic />
        </Panel>
        <NewCodePanel />
      </>
    ),
    rules: <RulesPanel />,
    paths: (
      <>
        {may('ignorePaths') && <IgnoredPathsPanel />}
        {may('pathRules') && <PathRulesPanel />}
      </>
    ),
    repository: <RepositoryPanel />,
    schedule: (
      <>
        {may('schedule') && <SchedulePanel />}
        {may('retention') && <RetentionPanel />}
      </>
    ),
    pullRequests: (
      <>
        {may('branches') && <BranchesPanel />}
        {may('pullRequests') && <PullRequestsPanel />}
      </>
    ),
    compliance: <CompliancePanel />,
  };
  return partsOf(allowed).map((part) => (
    <Box key={part} id={anchorOf(part)} sx={ANCHORED}>
      {panels[part]}
    </Box>
  ));
}
