'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { ChoiceMenu } from '@/components/forms/ChoiceMenu';
import { FilterField } from '@/components/forms/FilterField';
import { FilterMenu } from '@/components/forms/FilterMenu';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Glyph } from '@/components/marks/Glyph';
import { Icon } from '@/components/marks/Icon';
import { SeverityMark } from '@/components/marks/SeverityMark';
import { MAGIC_IDS, SEVERITIES } from '@/lib/magics/types';
import { type FindingPage, FrameworkKey } from '@/lib/schemas/findings';

import { ASSIGNEE_CHOICES, type FindingsFilter, GROUPINGS, type Grouping, isNarrowed, STATE_CHOICES } from './filter';
import type { FrameworkChoice } from './framework-choices';
import { ruleChoices } from './rule-choices';
import type { RuleTexts } from './rule-texts';

interface FindingsBarProps {
  filter: FindingsFilter;
  grouping: Grouping;
  page: FindingPage | undefined;
  rules: Readonly<Record<string, RuleTexts>>;
  /** Those to choose from; without any, none is spoken of. */
  frameworks: readonly FrameworkChoice[];
  /** What changed since the audit before. */
  changes: string | null;
  onChange: (part: Partial<FindingsFilter>) => void;
  onGroup: (grouping: Grouping) => void;
  onClear: () => void;
  /** Last in the bar. */
  tools?: ReactNode;
}

/** Text, path and choices; what is found at the right. Every choice is in the address. */
export function FindingsBar({
  filter,
  grouping,
  page,
  rules,
  frameworks,
  changes,
  onChange,
  onGroup,
  onClear,
  tools,
}: FindingsBarProps) {
  const t = useMessages();
  const format = useFormat();
  const words = t.findings.filter;
  const ruleIds = [...filter.rule, ...Object.keys(page?.ruleCounts ?? {})];
  return (
    <Box role="search" sx={BAR}>
      <FilterField
        label={words.search}
        value={filter.search}
        onChange={(search) => onChange({ search })}
        width={200}
        least={140}
      />
      <FilterField
        label={words.path}
        value={filter.path}
        onChange={(path) => onChange({ path })}
        width={160}
        least={112}
        hasKey={false}
      />
      <FilterMenu
        label={words.magic}
        chosen={filter.magic}
        onChange={(magic) => onChange({ magic })}
        options={[
          ...MAGIC_IDS.map((magic) => ({
            value: magic,
            name: t.common.magics[magic],
            mark: <Glyph magic={magic} />,
          })),
          { value: 'imported', name: t.imports.others },
        ]}
      />
      <FilterMenu
        label={words.severity}
        chosen={filter.severity}
        onChange={(severity) => onChange({ severity })}
        options={SEVERITIES.map((severity) => ({
          value: severity,
          name: t.common.severity[severity],
          mark: <SeverityMark severity={severity} />,
          count: page?.counts[severity] ?? 0,
        }))}
      />
      <FilterMenu
        label={words.rule}
        chosen={filter.rule}
        onChange={(rule) => onChange({ rule })}
        options={ruleChoices(ruleIds, rules, format.language).map(({ ruleId, title, magic }) => ({
          value: ruleId,
          name: title,
          mark: magic && <Glyph magic={magic} />,
          count: page?.ruleCounts[ruleId] ?? 0,
        }))}
      />
      {frameworks.length > 0 && (
        <FilterMenu
          label={words.framework}
          chosen={filter.framework}
          onChange={(chosen) => onChange({ framework: FrameworkKey.options.filter((id) => chosen.includes(id)) })}
          options={frameworks.map(({ frameworkId, title }) => ({ value: frameworkId, name: title }))}
        />
      )}
      <ChoiceMenu
        label={words.state}
        value={filter.state === 'open' ? null : filter.state}
        all={t.findings.states.open}
        options={STATE_CHOICES.filter((state) => state !== 'open').map((state) => ({
          value: state,
          name: t.findings.states[state],
        }))}
        onChange={(state) => onChange({ state: state ?? 'open' })}
      />
      <ChoiceMenu
        label={t.triage.filter.assignee}
        value={filter.assignee}
        all={words.any}
        options={ASSIGNEE_CHOICES.map((one) => ({ value: one, name: t.triage.filter[one] }))}
        onChange={(assignee) => onChange({ assignee })}
      />
      {isNarrowed(filter) && (
        <Button size="small" color="info" startIcon={<Icon name="close" size={12} />} onClick={onClear}>
          {words.clear}
        </Button>
      )}
      <Box component="span" role="status" sx={COUNT}>
        {page && (
          <>
            <b>{t.findings.count(format.number(page.total))}</b>
            {changes && <Box component="span" sx={CHANGES}>{` · ${changes}`}</Box>}
          </>
        )}
      </Box>
      <ChoiceMenu
        label={words.group}
        value={grouping === 'rule' ? null : grouping}
        all={t.findings.groups.rule}
        options={GROUPINGS.filter((one) => one !== 'rule').map((one) => ({ value: one, name: t.findings.groups[one] }))}
        onChange={(one) => onGroup(one ?? 'rule')}
      />
      {tools}
    </Box>
  );
}

const BAR = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '6px',
  px: { xs: 4, md: 6 },
  py: '9px',
  borderBottom: 1,
  borderColor: 'divider',
} as const;

/** What changed has its place in the overview too: first to go where the bar has one row. */
const CHANGES = { '@media (min-width: 1100px) and (max-width: 1639px)': { display: 'none' } } as const;

const COUNT = {
  whiteSpace: 'nowrap',
  ml: 'auto',
  typography: 'body2',
  color: 'text.secondary',
  '& b': { fontWeight: 500, color: 'text.primary' },
} as const;
