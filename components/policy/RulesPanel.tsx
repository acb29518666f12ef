'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useCallback, useMemo } from 'react';
import { ChoiceMenu } from '@/components/forms/ChoiceMenu';
import { FilterField } from '@/components/forms/FilterField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { Panel } from '@/components/layout/Panel';
import { Glyph } from '@/components/marks/Glyph';
import { useAddress } from '@/components/project/use-address';
import { MAGIC_IDS } from '@/lib/magics/types';
import { usePolicyForm } from './form-context';
import { CHIP } from './PresetChips';
import { RuleLine } from './RuleLine';
import { type RuleSetting, withRule } from './rule-settings';

/** Every rule with what the team sets of it; text and choices narrow the list. */
export function RulesPanel() {
  const t = useMessages();
  const format = useFormat();
  const { draft, base, options, change, isReadOnly, errorAt } = usePolicyForm('rules');
  const { parameters, change: changeAddress } = useAddress();
  const search = (parameters.get('search') ?? '').slice(0, 200);
  const magic = MAGIC_IDS.find((id) => id === parameters.get('magic')) ?? null;
  const isOnlyDiffering = parameters.get('differs') === '1';
  const words = t.policy.rules;

  // Rows are many: each is drawn again only when its own setting changes.
  const set = useCallback(
    (ruleId: string, setting: RuleSetting | undefined) =>
      change(({ rules }) => ({ rules: withRule(rules, ruleId, setting) })),
    [change],
  );

  const differing = options.rules.filter(({ ruleId }) => draft.rules[ruleId] ?? base.rules[ruleId]);
  const shown = useMemo(() => {
    const terms = search.toLowerCase().split(/\s+/).filter(Boolean);
    return options.rules.filter(({ ruleId, magic: of, catalogue, title, tags }) => {
      if (magic && of !== magic) return false;
      const text = `${ruleId} ${catalogue} ${title.en} ${title.ja} ${tags.join(' ')}`.toLowerCase();
      return terms.every((term) => text.includes(term));
    });
  }, [options.rules, search, magic]);
  const listed = isOnlyDiffering ? shown.filter((rule) => differing.includes(rule)) : shown;

  return (
    <Panel
      isFlush
      headingId="rules"
      title={words.title}
      meta={words.differing(format.number(differing.length))}
      action={
        <Box component="span" role="status" sx={{ typography: 'body2', color: 'elder.text3' }}>
          {words.count(format.number(listed.length))}
        </Box>
      }
    >
      <Box role="search" sx={BAR}>
        <FilterField
          label={words.filter}
          value={search}
          onChange={(next) => changeAddress({ search: next || null })}
          width={220}
        />
        <ChoiceMenu
          label={t.rules.byMagic}
          all={t.rules.all}
          value={magic}
          options={MAGIC_IDS.map((id) => ({ value: id, name: t.common.magics[id], mark: <Glyph magic={id} /> }))}
          onChange={(next) => changeAddress({ magic: next })}
        />
        <Button
          size="small"
          variant="outlined"
          aria-pressed={isOnlyDiffering}
          onClick={() => changeAddress({ differs: isOnlyDiffering ? null : '1' })}
          sx={{ ...CHIP, height: 28 }}
        >
          {words.onlyDiffering}
        </Button>
      </Box>
      {listed.length === 0 ? (
        <EmptyState title={isOnlyDiffering ? words.noneDiffers : t.rules.noMatch}>
          <Button variant="outlined" onClick={() => changeAddress({ search: null, magic: null, differs: null })}>
            {words.showAll}
          </Button>
        </EmptyState>
      ) : (
        <Box component="ul" aria-label={words.title}>
          {listed.map((rule) => (
            <RuleLine
              key={rule.ruleId}
              rule={rule}
              setting={draft.rules[rule.ruleId]}
              was={base.rules[rule.ruleId]}
              error={errorAt('rules', rule.ruleId)}
              isReadOnly={isReadOnly}
              onChange={set}
            />
          ))}
        </Box>
      )}
    </Panel>
  );
}

const BAR = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 2,
  px: 4,
  py: 3,
  borderBottom: 1,
  borderColor: 'divider',
} as const;
