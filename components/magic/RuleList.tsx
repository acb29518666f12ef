'use client';

import Box from '@mui/material/Box';
import type { MouseEvent } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { StatusMark } from '@/components/marks/StatusMark';
import type { RuleResultView } from '@/lib/schemas/magics';
import { RangeMark } from './RangeMark';
import { ruleMark } from './rule-marks';
import { groupRules } from './standing';
import { valueText } from './value-text';

interface RuleListProps {
  rules: readonly RuleResultView[];
  selectedId: string | null;
  onOpen: (ruleId: string) => void;
}

/** Rules in four groups: what failed and costs most comes first. */
export function RuleList({ rules, selectedId, onOpen }: RuleListProps) {
  const t = useMessages();
  const format = useFormat();
  return (
    <Box component="ul">
      {groupRules(rules).map(({ standing, rules: members }) => (
        <Box component="li" key={standing}>
          <Box sx={GROUP}>
            <Box component="h2" sx={{ fontSize: '0.8125rem', fontWeight: 600 }}>
              {t.magic.groups[standing]}
            </Box>
            <Box component="span" sx={{ ml: 'auto', typography: 'body2', color: 'elder.text3' }}>
              {t.magic.groupCount(format.number(members.length))}
            </Box>
          </Box>
          <Box component="ul">
            {members.map((result) => (
              <Item key={result.ruleId} result={result} isSelected={result.ruleId === selectedId} onOpen={onOpen} />
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

interface ItemProps {
  result: RuleResultView;
  isSelected: boolean;
  onOpen: (ruleId: string) => void;
}

function Item({ result, isSelected, onOpen }: ItemProps) {
  const t = useMessages();
  const format = useFormat();
  const { language } = format;
  const { ruleId, rule, value, share, contribution, findings, reason } = result;
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(ruleId);
  };
  return (
    <li>
      <Box
        component="a"
        href={`?rule=${encodeURIComponent(ruleId)}`}
        data-row
        aria-current={isSelected ? 'true' : undefined}
        onClick={open}
        sx={ITEM}
      >
        <Box component="span" sx={{ mt: '3px' }}>
          <StatusMark status={ruleMark(result)} />
        </Box>
        <Box component="span" sx={{ flex: 1, minWidth: 0 }}>
          <Box component="span" sx={{ display: 'block', fontWeight: 500 }}>
            {rule.title[language]}
          </Box>
          <Box component="span" sx={META}>
            {contribution === null || share === null ? (
              <span>{reason ? reason.text[language] : t.magic.noPoints}</span>
            ) : (
              <span>{t.magic.points(format.number(contribution, 1), format.number(share * 100, 1))}</span>
            )}
            {findings > 0 && <span>{t.magic.findings(format.number(findings))}</span>}
          </Box>
        </Box>
        {value !== null && result.good !== null && (
          <Box component="span" sx={{ flex: 'none', textAlign: 'right', typography: 'body2' }}>
            <Box component="span" sx={{ display: 'block', mb: '2px' }}>
              {valueText(value, result, format)}
            </Box>
            <RangeMark result={result} />
          </Box>
        )}
      </Box>
    </li>
  );
}

const GROUP = {
  position: 'sticky',
  top: 0,
  zIndex: 1,
  display: 'flex',
  alignItems: 'center',
  minHeight: 34,
  px: 4,
  bgcolor: 'background.default',
  borderBottom: 1,
  borderColor: 'divider',
} as const;

const ITEM = {
  display: 'flex',
  alignItems: 'flex-start',
  gap: '10px',
  minHeight: 54,
  px: 4,
  py: '7px',
  borderBottom: 1,
  borderColor: 'divider',
  '&:hover': { bgcolor: 'elder.hover' },
  '&[aria-current="true"]': {
    bgcolor: 'elder.selected',
    boxShadow: 'inset 2px 0 0 var(--mui-palette-elder-accentMark)',
  },
  '&:focus-visible': { outlineOffset: '-2px' },
} as const;

const META = {
  display: 'flex',
  flexWrap: 'wrap',
  gap: '0 12px',
  typography: 'body2',
  fontSize: 'var(--elder-small)',
  color: 'elder.text3',
} as const;
