'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { Icon } from '@/components/marks/Icon';
import type { Configuration } from '@/lib/schemas/configuration';
import { usePolicyForm } from './form-context';
import { PathRuleCard } from './PathRuleCard';

type PathRule = Configuration['pathRules'][number];

const NEW_RULE: PathRule = { glob: '', isIgnored: false, rulesOff: [], magicsOff: [], maxSeverity: null };

/** Paths at which other things hold. */
export function PathRulesPanel() {
  const t = useMessages();
  const { draft, change, isReadOnly, errorAt } = usePolicyForm('pathRules');
  const { pathRules } = draft;
  const words = t.policy.paths;
  const put = (at: number, next: PathRule | null) =>
    change({ pathRules: pathRules.flatMap((rule, index) => (index === at ? (next ?? []) : rule)) });
  return (
    <Panel
      isFlush
      headingId="path-rules"
      title={words.rules}
      meta={words.rulesAbout}
      action={
        !isReadOnly && (
          <Button
            size="small"
            variant="outlined"
            startIcon={<Icon name="plus" size={13} />}
            onClick={() => change({ pathRules: [...pathRules, NEW_RULE] })}
          >
            {words.add}
          </Button>
        )
      }
    >
      {pathRules.length === 0 && (
        <Box component="p" sx={{ px: 4, py: 3, color: 'text.secondary' }}>
          {words.none}
        </Box>
      )}
      <Box component="ul" aria-label={words.rules}>
        {pathRules.map((rule, at) => (
          <PathRuleCard
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no name of its own, and its glob is being typed
            key={at}
            number={at + 1}
            rule={rule}
            error={errorAt('pathRules', at)}
            isReadOnly={isReadOnly}
            onChange={(next) => put(at, next)}
          />
        ))}
      </Box>
    </Panel>
  );
}
