'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { SIDE_META, SideGroup, SideItem } from '@/components/layout/SideList';
import { StatusMark } from '@/components/marks/StatusMark';
import type { RuleResultView } from '@/lib/schemas/magics';
import { RangeMark } from './RangeMark';
import { ruleMark } from './rule-marks';
import { groupRules } from './standing';
import { unitText } from './unit-text';
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
        <SideGroup
          key={standing}
          head={
            <>
              <Box component="h2" sx={{ fontSize: '0.8125rem', fontWeight: 600 }}>
                {t.magic.groups[standing]}
              </Box>
              <Box component="span" sx={{ ml: 'auto', typography: 'body2', color: 'elder.text3' }}>
                {t.magic.groupCount(format.number(members.length))}
              </Box>
            </>
          }
        >
          {members.map((result) => (
            <Item key={result.ruleId} result={result} isSelected={result.ruleId === selectedId} onOpen={onOpen} />
          ))}
        </SideGroup>
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
  const unit = value === null ? null : unitText(value, result, t);
  return (
    <SideItem
      id={ruleId}
      href={`?rule=${encodeURIComponent(ruleId)}`}
      isSelected={isSelected}
      onOpen={() => onOpen(ruleId)}
    >
      <Box component="span" sx={{ mt: '3px' }}>
        <StatusMark status={ruleMark(result)} />
      </Box>
      <Box component="span" sx={{ flex: 1, minWidth: 0 }}>
        <Box component="span" sx={{ display: 'block', fontWeight: 500 }}>
          {rule.title[language]}
        </Box>
        <Box component="span" sx={SIDE_META}>
          {contribution === null || share === null ? (
            <span>{reason ? reason.text[language] : t.magic.noPoints}</span>
          ) : (
            <span>{t.magic.points(format.number(contribution, 1), format.number(share * 100, 1))}</span>
          )}
          {findings > 0 && <span>{t.magic.findings(format.number(findings))}</span>}
        </Box>
      </Box>
      {value !== null && result.good !== null && (
        <Box component="span" sx={{ flex: 'none', display: 'grid', justifyItems: 'end', typography: 'body2' }}>
          <Box component="span" sx={{ mb: '2px' }}>
            {valueText(value, result, format)}
          </Box>
          <RangeMark result={result} />
          {unit && (
            <Box component="span" sx={UNIT}>
              {unit}
            </Box>
          )}
        </Box>
      )}
    </SideItem>
  );
}

const UNIT = { fontSize: 'var(--elder-small)', color: 'elder.text3', whiteSpace: 'nowrap' } as const;
