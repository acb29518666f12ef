'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { DiffBlock } from '@/components/code/DiffBlock';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { Icon } from '@/components/marks/Icon';
import type { FindingView } from '@/lib/schemas/findings';
import { PatchActions } from './PatchActions';
import type { RuleTexts } from './rule-texts';
import { usePatch } from './use-patch';

const RELATED_SHOWN = 12;

/** The way out: a patch where one is safe, the rule's advice, and the other places the finding is about. */
export function FindingFix({ finding, rule }: { finding: FindingView; rule: RuleTexts | undefined }) {
  const t = useMessages();
  const { related, ruleId } = finding;
  const patch = usePatch(finding).patch?.patch ?? null;
  return (
    <Box sx={{ px: { xs: 4, md: 5 }, py: '14px', display: 'grid', gap: 3 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2 }}>
        <Icon name="wrench" size={14} />
        <Box component="h3" sx={{ typography: 'h3' }}>
          {patch ? t.findings.fix : t.findings.how}
        </Box>
        {patch && <PatchActions patch={patch} fileName={`${ruleId.replace('/', '-')}.patch`} />}
      </Box>
      {patch && <DiffBlock patch={patch} label={t.findings.fix} />}
      {patch && (
        <Box component="p" sx={{ typography: 'body2', color: 'elder.text3' }}>
          {t.findings.patchChecked}
        </Box>
      )}
      <Box component="p" sx={{ color: 'text.secondary', maxWidth: '76ch' }}>
        {rule?.fix}
      </Box>
      {related.length > 0 && (
        <div>
          <Box component="h3" sx={{ typography: 'h3', mb: 1 }}>
            {t.findings.also}
          </Box>
          <Box component="ul" sx={{ display: 'grid', gap: '2px' }}>
            {related.slice(0, RELATED_SHOWN).map(({ path, line }) => (
              <li key={`${path}:${line}`}>
                <Mono>{`${path}:${line}`}</Mono>
              </li>
            ))}
          </Box>
          {related.length > RELATED_SHOWN && (
            <Box component="p" sx={{ typography: 'body2', color: 'elder.text3' }}>
              {t.findings.alsoMore(related.length - RELATED_SHOWN)}
            </Box>
          )}
        </div>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: '4px 20px', pt: 2, borderTop: 1, borderColor: 'divider' }}>
        <Link href={`/rules/${ruleId}`}>{t.findings.rulePage}</Link>
        <Link href={`?rule=${encodeURIComponent(ruleId)}`}>{t.findings.onlyRule}</Link>
      </Box>
    </Box>
  );
}
