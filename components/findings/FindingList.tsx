'use client';

import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { SeenText } from '@/components/layout/SeenText';
import { SIDE_META, SideGroup, SideItem } from '@/components/layout/SideList';
import { SeverityWord } from '@/components/marks/SeverityWord';
import { shortPath } from '@/components/project/short-path';
import type { Selection } from '@/components/projects/use-selection';
import { whenCompact } from '@/components/theme/density';
import { showHidden } from '@/lib/magics/hidden-text';
import type { FindingPage, FindingView } from '@/lib/schemas/findings';
import { FindingMessage } from './FindingMessage';
import type { Grouping } from './filter';
import { type FindingGroup, groupFindings } from './group-findings';
import type { RuleTexts } from './rule-texts';
import { StateChip } from './StateChip';

interface FindingListProps {
  findings: readonly FindingView[];
  grouping: Grouping;
  ruleCounts: FindingPage['ruleCounts'];
  rules: Readonly<Record<string, RuleTexts>>;
  selectedId: string | null;
  hrefOf: (findingId: string) => string;
  onOpen: (findingId: string) => void;
  onFocus: (findingId: string) => void;
  /** Null for who may not choose. */
  selection: Selection | null;
  /** Named where the list is of several projects. */
  projectNameOf: (finding: FindingView) => string | null;
}

/** Findings in groups; each is a link to itself beside the list. */
export function FindingList({ findings, grouping, ruleCounts, rules, ...rest }: FindingListProps) {
  return (
    <Box component="ul">
      {groupFindings(findings, grouping).map((group) => (
        <SideGroup
          key={group.key}
          head={
            grouping !== 'none' && (
              <GroupHead group={group} grouping={grouping} rules={rules} total={ruleCounts[group.key ?? '']} />
            )
          }
        >
          {group.findings.map((finding) => (
            <Item key={finding.findingId} finding={finding} grouping={grouping} {...rest} />
          ))}
        </SideGroup>
      ))}
    </Box>
  );
}

interface GroupHeadProps {
  group: FindingGroup;
  grouping: Grouping;
  rules: FindingListProps['rules'];
  total: number | undefined;
}

function GroupHead({ group: { key, findings }, grouping, rules, total }: GroupHeadProps) {
  const t = useMessages();
  const format = useFormat();
  const isRule = grouping === 'rule';
  const shown = format.number(findings.length);
  const title = key === null ? t.findings.noFile : isRule ? (rules[key]?.title ?? key) : shortPath(key);
  return (
    <>
      <Box
        component="h2"
        sx={{ ...TITLE, ...(!isRule && key !== null && { fontFamily: MONO, fontWeight: 500 }) }}
        title={key === null ? undefined : showHidden(key)}
      >
        {title}
      </Box>
      {isRule && (
        <Box component="code" sx={RULE_ID}>
          {key}
        </Box>
      )}
      <Box component="span" sx={{ ml: 'auto', typography: 'body2', color: 'elder.text3', whiteSpace: 'nowrap' }}>
        {isRule && total !== undefined && total > findings.length
          ? t.findings.partOf(shown, format.number(total))
          : shown}
      </Box>
    </>
  );
}

type ItemProps = Pick<
  FindingListProps,
  'grouping' | 'selectedId' | 'hrefOf' | 'onOpen' | 'onFocus' | 'selection' | 'projectNameOf'
> & {
  finding: FindingView;
};

function Item({ finding, grouping, selectedId, hrefOf, onOpen, onFocus, selection, projectNameOf }: ItemProps) {
  const t = useMessages();
  const format = useFormat();
  const { findingId, severity, message, path, startLine, state, firstSeenAt, commits, evidence } = finding;
  const isSelected = findingId === selectedId;
  const projectName = projectNameOf(finding);
  const owner = finding.assignee?.name ?? finding.origin?.owners[0] ?? null;
  const place = path ? shortPath(path, 30) : (commits[0]?.slice(0, 10) ?? null);
  return (
    <SideItem
      id={findingId}
      href={hrefOf(findingId)}
      isSelected={isSelected}
      onOpen={() => onOpen(findingId)}
      onFocus={() => onFocus(findingId)}
      aside={
        selection && (
          <Checkbox
            size="small"
            checked={selection.ids.has(findingId)}
            onChange={(event) => selection.toggle(findingId, (event.nativeEvent as MouseEvent).shiftKey)}
            slotProps={{ input: { 'aria-label': t.triage.bulk.choose(message[format.language]) } }}
          />
        )
      }
    >
      <Box component="span" sx={{ flex: 'none', width: 84, 'html:lang(ja) &': { width: 60 } }}>
        <SeverityWord severity={severity} t={t} />
      </Box>
      <Box component="span" sx={TEXTS}>
        <Box component="span" sx={{ display: 'flex', gap: 2, flex: '1 1 0', minWidth: 0 }}>
          <Box component="span" sx={MESSAGE}>
            <FindingMessage finding={finding} />
          </Box>
          <StateChip state={state} t={t} />
        </Box>
        <Box component="span" sx={META}>
          {projectName && (
            <Box component="span" sx={PROJECT} title={projectName}>
              {projectName}
            </Box>
          )}
          {(grouping !== 'file' || path === null) && place && (
            <Box
              component="code"
              sx={{ ...PLACE, flexShrink: path ? 4 : 0 }}
              title={path === null ? undefined : showHidden(path)}
            >
              <Box component="span" sx={ELLIPSIS}>
                {place}
              </Box>
              {path && startLine ? <span>:{startLine}</span> : null}
            </Box>
          )}
          {path === null && commits.length > 0 && evidence && (
            <Box component="span" sx={ELLIPSIS} title={showHidden(evidence)}>
              <SeenText>{evidence}</SeenText>
            </Box>
          )}
          {grouping === 'file' && startLine !== null && <span>{t.findings.lines(startLine, startLine)}</span>}
          {firstSeenAt && (
            <Box component="span" sx={WHEN}>
              {owner && (
                <Box component="span" sx={ELLIPSIS} title={showHidden(owner)}>
                  <SeenText>{owner}</SeenText>
                </Box>
              )}
              <Box component="span" sx={{ flex: 'none' }}>
                {owner && '\u00a0· '}
                {format.ago(firstSeenAt)}
              </Box>
            </Box>
          )}
        </Box>
      </Box>
    </SideItem>
  );
}

const ELLIPSIS = { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
const TEXTS = {
  flex: 1,
  minWidth: 0,
  ...whenCompact({ display: 'flex', alignItems: 'baseline', gap: '12px' }),
} as const;

/** Where it is: the line stays however little of the path fits. */
const PLACE = { display: 'flex', flexGrow: 0, minWidth: '5em', fontSize: '0.71875rem', whiteSpace: 'nowrap' } as const;
const PROJECT = { ...ELLIPSIS, flex: '0 1 auto', minWidth: '2.5em', maxWidth: '40%', color: 'text.secondary' } as const;

/** A long name makes way for the place before it. */
const WHEN = { ml: 'auto', display: 'flex', flex: '0 8 auto', minWidth: '5.5em', justifyContent: 'flex-end' } as const;

/** Of one line, the place stays and the time goes. */
const META = {
  ...SIDE_META,
  flexWrap: 'nowrap',
  ...whenCompact({ flex: '0 1 auto', maxWidth: '45%', minWidth: 0, '& > span:last-of-type': { display: 'none' } }),
} as const;

const MONO = '"JetBrains Mono Variable", ui-monospace, monospace';

const TITLE = { ...ELLIPSIS, flex: '0 1 auto', fontSize: '0.8125rem', fontWeight: 600 } as const;
const RULE_ID = { ...ELLIPSIS, flex: '1 2 0', fontSize: '0.6875rem', color: 'elder.text3' } as const;

const MESSAGE = {
  flex: 1,
  minWidth: 0,
  fontWeight: 500,
  display: '-webkit-box',
  WebkitLineClamp: 2,
  WebkitBoxOrient: 'vertical',
  overflow: 'hidden',
  overflowWrap: 'anywhere',
  ...whenCompact({ WebkitLineClamp: 1 }),
} as const;
