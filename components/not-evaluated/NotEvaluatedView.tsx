'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { ChoiceMenu } from '@/components/forms/ChoiceMenu';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { Panel } from '@/components/layout/Panel';
import { Glyph } from '@/components/marks/Glyph';
import { StatusMark } from '@/components/marks/StatusMark';
import type { MarkStatus } from '@/components/marks/status-drawings';
import { ProjectHeader } from '@/components/project/ProjectHeader';
import { ProjectTabs } from '@/components/project/ProjectTabs';
import { useAddress } from '@/components/project/use-address';
import { useOverview } from '@/components/project/use-overview';
import { AppLink } from '@/components/theme/AppLink';
import { textOf } from '@/lib/i18n/text-of';
import { MAGIC_IDS } from '@/lib/magics/types';
import type { ProjectOverview } from '@/lib/schemas/projects';
import { groupSkipped, type Skipped, type SkippedGroup } from './group-skipped';
import { UnreadFilesPanel } from './UnreadFilesPanel';

interface NotEvaluatedViewProps {
  projectId: string;
  /** Titles in the reader's language, by rule id. */
  titles: Readonly<Record<string, string>>;
}

const MARKS: Readonly<Record<SkippedGroup, MarkStatus>> = {
  error: 'error',
  unread: 'warning',
  setup: 'not_applicable',
  informational: 'not_applicable',
  undecided: 'inconclusive',
  nothing: 'not_applicable',
};

/** Every rule that is not in the scores of the project: why, and what can be done. */
export function NotEvaluatedView({ projectId, titles }: NotEvaluatedViewProps) {
  const overview = useOverview(projectId).data;
  if (!overview) return null;
  return (
    <>
      <ProjectHeader overview={overview} />
      <ProjectTabs overview={overview} />
      <Content overview={overview} titles={titles} />
      <UnreadFilesPanel projectId={projectId} />
    </>
  );
}

function Content({ overview, titles }: { overview: ProjectOverview; titles: NotEvaluatedViewProps['titles'] }) {
  const t = useMessages();
  const format = useFormat();
  const { parameters, change } = useAddress();
  const words = t.notEvaluated;
  const { magics } = overview;
  const magic = MAGIC_IDS.find((id) => id === parameters.get('magic')) ?? null;
  const groups = groupSkipped(magics, magic);
  const total = magics.reduce((sum, { skipped }) => sum + skipped.length, 0);
  if (total === 0) {
    return (
      <Panel>
        <EmptyState title={overview.current ? words.none : words.noAudit} />
      </Panel>
    );
  }
  return (
    <Box sx={{ display: 'grid', gap: 4, '& > *': { minWidth: 0 } }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 3 }}>
        <Box sx={{ flex: '1 1 300px', maxWidth: '76ch' }}>
          <Box component="h2" sx={{ typography: 'h2' }}>
            {words.title}
          </Box>
          <p>{words.lead(format.number(total))}</p>
        </Box>
        <Box sx={{ ml: { sm: 'auto' } }}>
          <ChoiceMenu
            label={words.byMagic}
            all={words.all}
            value={magic}
            options={magics
              .filter(({ skipped }) => skipped.length > 0)
              .map((card) => ({
                value: card.magic,
                name: `${t.common.magics[card.magic]} (${format.number(card.skipped.length)})`,
                mark: <Glyph magic={card.magic} />,
              }))}
            onChange={(chosen) => change({ magic: chosen }, 'push')}
          />
        </Box>
      </Box>
      {groups.length === 0 && (
        <Panel>
          <EmptyState title={words.noMatch} />
        </Panel>
      )}
      {groups.map(({ group, rules }) => (
        <Panel
          key={group}
          isFlush
          headingId={`group-${group}`}
          title={
            <Box component="span" sx={{ display: 'flex', gap: 2 }}>
              <Box component="span" sx={{ mt: '3px' }}>
                <StatusMark status={MARKS[group]} />
              </Box>
              {words.groups[group].title}
            </Box>
          }
          meta={words.groups[group].todo}
          action={
            <Box component="span" sx={{ typography: 'body2', color: 'elder.text3' }}>
              {words.rules(format.number(rules.length))}
            </Box>
          }
        >
          <ul>
            {rules.map((rule) => (
              <Row
                key={rule.ruleId}
                projectId={overview.projectId}
                rule={rule}
                title={titles[rule.ruleId]}
                hasReason={group !== 'nothing' && group !== 'informational'}
              />
            ))}
          </ul>
        </Panel>
      ))}
    </Box>
  );
}

interface RowProps {
  projectId: string;
  rule: Skipped;
  title: string | undefined;
  /** Whether it says more than its group. */
  hasReason: boolean;
}

function Row({ projectId, rule, title, hasReason }: RowProps) {
  const t = useMessages();
  const { language, number } = useFormat();
  const action = textOf(t.notEvaluated.actions, rule.reason);
  return (
    <Box component="li" sx={ROW}>
      <Box component="span" sx={{ color: 'text.secondary', mt: '2px' }}>
        <Glyph magic={rule.magic} />
        <span className="elder-hidden">{t.common.magics[rule.magic]}: </span>
      </Box>
      <Box sx={{ minWidth: 0 }}>
        {title === undefined ? (
          <code>{rule.ruleId}</code>
        ) : (
          <Link
            component={AppLink}
            href={`/rules/${rule.ruleId}`}
            prefetch={false}
            color="inherit"
            sx={{ fontWeight: 500 }}
          >
            {title}
          </Link>
        )}
        {rule.findings > 0 && (
          <Box sx={{ typography: 'body2' }}>
            <Link href={`/projects/${projectId}/findings?rule=${encodeURIComponent(rule.ruleId)}`}>
              {t.magic.findings(number(rule.findings))}
            </Link>
          </Box>
        )}
        {hasReason && (
          <Box sx={{ typography: 'body2', color: 'text.secondary', maxWidth: '76ch', overflowWrap: 'anywhere' }}>
            {rule.text[language]}
            {action && <Box sx={{ color: 'text.primary' }}>{action}</Box>}
          </Box>
        )}
      </Box>
    </Box>
  );
}

const ROW = {
  display: 'grid',
  gridTemplateColumns: '20px minmax(0, 1fr)',
  columnGap: 3,
  px: 4,
  py: 2,
  '& + li': { borderTop: 1, borderColor: 'divider' },
} as const;
