import Box from '@mui/material/Box';
import { useId } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { EmptyState } from '@/components/layout/EmptyState';
import { Panel } from '@/components/layout/Panel';
import { textOf } from '@/lib/i18n/text-of';
import type { RechecksView } from '@/lib/schemas/operations';
import { AboutAudit } from './AboutAudit';
import { type FactColumn, FactTable } from './FactTable';
import { FOOT } from './panel-foot';

/** Whether audits that were judged a second time said the same. */
export function RechecksPanel({ percent, waiting, day, different: { items, count } }: RechecksView) {
  const t = useMessages();
  const words = t.operations.rechecks;
  const format = useFormat();
  const id = useId();
  const columns: FactColumn[] = [
    { id: 'about', name: words.about, width: 'minmax(0, 1fr)' },
    { id: 'differs', name: words.differs, width: 'minmax(0, 1.5fr)' },
    { id: 'when', name: words.when, width: '120px', isNumber: true },
  ];
  const rows = items.map(({ parts, magics, checkedAt, ...about }, place) => ({
    key: about.auditId ?? `${checkedAt} ${place}`,
    cells: {
      about: <AboutAudit {...about} />,
      differs: format.list([
        ...parts.map((part) => words.parts[part]),
        ...magics.map((magic) => textOf(t.common.magics, magic) ?? magic),
      ]),
      when: <TimeAgo at={checkedAt} />,
    },
  }));
  // Silence is no agreement.
  const isQuiet = day.same + day.different === 0;
  const isOff = percent === 0 && waiting === 0 && count === 0;
  return (
    <Panel title={words.title} meta={words.meta(format.number(percent, 3))} headingId={id} isFlush>
      {count === 0 ? (
        <EmptyState title={isOff ? words.off : isQuiet ? words.quiet : words.none} />
      ) : (
        <FactTable label={words.table} columns={columns} rows={rows} />
      )}
      <Box sx={FOOT}>
        <span className="elder-hidden">{words.day}</span>
        <span>{words.same(format.number(day.same))}</span>
        <span>{words.different(format.number(day.different))}</span>
        <span>{words.skipped(format.number(day.skipped))}</span>
        <span>{words.waiting(format.number(waiting))}</span>
        {count > items.length && <span>{words.more(format.number(items.length), format.number(count))}</span>}
      </Box>
    </Panel>
  );
}
