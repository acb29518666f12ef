'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useSearchParams } from 'next/navigation';
import { ChoiceMenu } from '@/components/forms/ChoiceMenu';
import { FilterField } from '@/components/forms/FilterField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { Panel } from '@/components/layout/Panel';
import { Glyph } from '@/components/marks/Glyph';
import { Icon } from '@/components/marks/Icon';
import { SeverityMark } from '@/components/marks/SeverityMark';
import { addressStep, putAddress } from '@/components/project/address-step';
import { EVIDENCE_KINDS, MAGIC_IDS, SEVERITIES } from '@/lib/magics/types';
import type { MagicView } from '@/lib/schemas/magics';
import { filterRules, NO_FILTER, parseRulesFilter, type RulesFilter, rulesAddress } from './filter';
import { LANGUAGE_NAMES } from './language-names';
import { RuleHeads } from './RuleHeads';
import { RuleRow } from './RuleRow';

/** The catalogue by magic; text and choices narrow it, all in the address. */
export function RulesView({ magics }: { magics: readonly MagicView[] }) {
  const t = useMessages();
  const { language, number } = useFormat();
  const filter = parseRulesFilter(useSearchParams());
  const shown = filterRules(magics, filter);
  const found = shown.reduce((sum, { rules }) => sum + rules.length, 0);
  const isNarrowed = rulesAddress(filter) !== rulesAddress(NO_FILTER);
  const change = (part: Partial<RulesFilter>) => putAddress(rulesAddress({ ...filter, ...part }), addressStep(part));

  return (
    <>
      <Box role="search" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2, mb: 3 }}>
        <FilterField
          label={t.rules.filter}
          value={filter.search}
          onChange={(search) => change({ search })}
          width={280}
        />
        <ChoiceMenu
          label={t.rules.byMagic}
          all={t.rules.all}
          value={filter.magic}
          options={MAGIC_IDS.map((magic) => ({
            value: magic,
            name: t.common.magics[magic],
            mark: <Glyph magic={magic} />,
          }))}
          onChange={(magic) => change({ magic })}
        />
        <ChoiceMenu
          label={t.rules.bySeverity}
          all={t.rules.all}
          value={filter.severity}
          options={SEVERITIES.map((severity) => ({
            value: severity,
            name: t.common.severity[severity],
            mark: <SeverityMark severity={severity} />,
          }))}
          onChange={(severity) => change({ severity })}
        />
        <ChoiceMenu
          label={t.rules.byEvidence}
          all={t.rules.all}
          value={filter.evidence}
          options={EVIDENCE_KINDS.map((kind) => ({ value: kind, name: t.rules.evidence[kind] }))}
          onChange={(evidence) => change({ evidence })}
        />
        <ChoiceMenu
          label={t.rules.byLanguage}
          all={t.rules.all}
          value={filter.language}
          options={LANGUAGE_NAMES.map(({ id, name }) => ({ value: id, name }))}
          onChange={(chosen) => change({ language: chosen })}
        />
        {isNarrowed && (
          <Button
            size="small"
            color="info"
            startIcon={<Icon name="close" size={12} />}
            onClick={() => change(NO_FILTER)}
          >
            {t.rules.clear}
          </Button>
        )}
        <Box component="span" role="status" sx={{ ml: 'auto', typography: 'body2', color: 'text.secondary' }}>
          {t.rules.count(number(found))}
        </Box>
      </Box>
      <Box sx={{ display: 'grid', gap: 4 }}>
        {shown.map(({ magic, says, rules, groups }) => (
          <Panel
            key={magic}
            isFlush
            headingId={`magic-${magic}`}
            title={
              <Box component="span" sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
                <Glyph magic={magic} size={18} />
                {t.common.magics[magic]}
              </Box>
            }
            meta={says[language]}
            action={
              <Box component="span" sx={{ typography: 'body2', color: 'elder.text3' }}>
                {t.rules.count(number(rules.length))}
              </Box>
            }
          >
            {rules.length === 0 && (
              <Box component="p" sx={{ px: 4, py: 3, color: 'text.secondary' }}>
                {t.rules.noRules}
              </Box>
            )}
            {rules.length > 0 && <RuleHeads />}
            {rules.length > 0 && (
              <Box component="ul">
                {rules.map((rule) => (
                  <RuleRow
                    key={rule.ruleId}
                    rule={rule}
                    group={groups.find(({ id }) => id === rule.group)?.title[language] ?? rule.group}
                  />
                ))}
              </Box>
            )}
          </Panel>
        ))}
        {shown.length === 0 && (
          <Panel isFlush>
            <EmptyState title={t.rules.noMatch}>
              <Button variant="outlined" onClick={() => change(NO_FILTER)}>
                {t.rules.clear}
              </Button>
            </EmptyState>
          </Panel>
        )}
      </Box>
    </>
  );
}
