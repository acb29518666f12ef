import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import { useId } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import type { StoresView } from '@/lib/schemas/operations';

const BACKENDS = { postgres: 'PostgreSQL', redis: 'Redis' } as const;

/** What keeps the data, and how much room is left. */
export function StoresPanel({ stores, version }: { stores: StoresView; version: string }) {
  const t = useMessages();
  const words = t.operations.stores;
  const format = useFormat();
  const id = useId();
  const { database, disk, queue } = stores;
  const facts: [string, string, number?][] = [
    [words.database, format.bytes(database.sizeBytes)],
    [
      words.connections,
      words.connectionsOf(format.number(database.connections), format.number(database.mostConnections)),
      database.mostConnections === 0 ? undefined : database.connections / database.mostConnections,
    ],
    [
      words.disk,
      disk ? words.free(format.bytes(disk.freeBytes), format.bytes(disk.sizeBytes)) : words.unknown,
      disk && disk.sizeBytes > 0 ? 1 - disk.freeBytes / disk.sizeBytes : undefined,
    ],
    [words.queue, BACKENDS[queue]],
    [words.version, version],
  ];
  return (
    <Panel title={words.title} headingId={id}>
      <Box component="dl" sx={{ m: 0, display: 'grid', gap: 3 }}>
        {facts.map(([name, value, used]) => (
          <Box key={name} sx={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', columnGap: 3 }}>
            <Box component="dt" sx={{ color: 'text.secondary' }}>
              {name}
            </Box>
            <Box component="dd" sx={{ m: 0, fontVariantNumeric: 'tabular-nums', fontWeight: 500 }}>
              {value}
            </Box>
            {used !== undefined && (
              <Box component="dd" aria-hidden sx={{ m: 0, mt: 1, flexBasis: '100%' }}>
                <LinearProgress variant="determinate" value={Math.min(100, used * 100)} />
              </Box>
            )}
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
