'use client';

import Box from '@mui/material/Box';
import NativeSelect from '@mui/material/NativeSelect';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { ReactNode } from 'react';
import { Field } from '@/components/forms/Field';
import { NumberField } from '@/components/forms/NumberField';
import { SelectField } from '@/components/forms/SelectField';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { type FactColumn, FactTable } from '@/components/operations/FactTable';
import { kindName } from '@/components/scaling/kind-name';
import type { ConfigurationChange } from '@/lib/schemas/cluster';
import { type Changes, valueAt } from './form-values';

const KINDS = ['git', 'collect', 'judge', 'deliver', 'maintain'] as const;
const TIERS = ['micro', 'small', 'medium', 'large', 'xlarge'] as const;
const STORES = {
  postgres: ['embedded', 'statefulset', 'cloudnativepg', 'external'],
  redis: ['none', 'statefulset', 'operator', 'external'],
  objects: ['volume', 'seaweedfs', 'external'],
} as const;
const EMBEDDED = ['single_node', 'edge'];

interface ConfigurationFormProps {
  /** With all that its mode adds. */
  configuration: Readonly<Record<string, unknown>>;
  changes: Changes;
  problemAt: (path: string) => string | null;
  onChange: (path: string, value: ConfigurationChange['value']) => void;
}

/** The main parts of a configuration; the rest is written as YAML. */
export function ConfigurationForm({ configuration, changes, problemAt, onChange }: ConfigurationFormProps) {
  const t = useMessages();
  const words = t.cluster.fields;
  const textOf = (path: string) => String(valueAt(configuration, changes, path) ?? '');
  const numberOf = (path: string) => Number(valueAt(configuration, changes, path) ?? 0);
  const text = (path: string, label: string) => (
    <Field
      label={label}
      value={textOf(path)}
      onChange={(value) => onChange(path, value)}
      error={problemAt(path)}
      autoComplete="off"
      inputProps={{ spellCheck: false, autoCapitalize: 'none' }}
    />
  );
  const choice = (path: string, label: string, options: readonly { value: string; name: string }[]) => (
    <Box>
      <SelectField label={label} value={textOf(path)} options={options} onChange={(value) => onChange(path, value)} />
      <Problem text={problemAt(path)} />
    </Box>
  );
  const number = (path: string, label: string, least: number, most: number, unit?: string) => (
    <Box>
      <NumberField
        label={label}
        value={numberOf(path)}
        least={least}
        most={most}
        unit={unit}
        width={unit ? 96 : 72}
        isInvalid={problemAt(path) !== null}
        onChange={(value) => value !== null && onChange(path, value)}
      />
    </Box>
  );
  const isEmbedded = EMBEDDED.includes(textOf('deploymentMode'));
  const columns: FactColumn[] = [
    { id: 'part', name: words.part, width: 'minmax(0, 1fr)' },
    { id: 'scaling', name: words.scaling, width: 'minmax(0, 1.4fr)' },
    { id: 'least', name: words.least, width: '80px' },
    { id: 'most', name: words.most, width: '80px' },
    { id: 'tier', name: words.tier, width: '112px' },
  ];
  const row = (path: string, name: string, strategies: readonly string[]) => ({
    key: path,
    cells: {
      part: (
        <>
          {name}
          {['maxReplicas', 'minReplicas', 'scaling', 'tier'].map((field) => (
            <Problem key={field} text={problemAt(`${path}.${field}`)} />
          ))}
        </>
      ),
      scaling: (
        <Choice
          label={words.of(name, words.scaling)}
          value={textOf(`${path}.scaling`)}
          options={strategies.map((value) => ({
            value,
            name: t.scaling.strategy[value as keyof typeof t.scaling.strategy],
          }))}
          onChange={(value) => onChange(`${path}.scaling`, value)}
        />
      ),
      least: number(`${path}.minReplicas`, words.of(name, words.least), 1, 1_000),
      most: number(`${path}.maxReplicas`, words.of(name, words.most), 1, 1_000),
      tier: (
        <Choice
          label={words.of(name, words.tier)}
          value={textOf(`${path}.tier`)}
          options={TIERS.map((value) => ({ value, name: value }))}
          onChange={(value) => onChange(`${path}.tier`, value)}
        />
      ),
    },
  });
  return (
    <Box sx={{ display: 'grid', gap: 5 }}>
      <Box sx={GRID}>
        {text('name', words.name)}
        {text('namespace', words.namespace)}
        {choice(
          'deploymentMode',
          words.mode,
          Object.entries(t.cluster.mode).map(([value, name]) => ({ value, name: `${value}: ${name}` })),
        )}
        {text('network.host', words.host)}
        {choice(
          'network.expose',
          words.expose,
          Object.entries(t.cluster.expose).map(([value, name]) => ({ value, name })),
        )}
        {text('image.repository', words.image)}
        {text('image.tag', words.tag)}
      </Box>
      <Section title={words.stores}>
        <Box sx={GRID}>
          {(['postgres', 'redis', 'objects'] as const).map((store) => (
            <Box key={store}>
              {choice(
                `storage.${store}.kind`,
                words[store],
                STORES[store].map((value) => ({ value, name: t.cluster.store[value] })),
              )}
            </Box>
          ))}
        </Box>
      </Section>
      {!isEmbedded && (
        <Section title={words.parts}>
          <Box sx={{ mx: -4 }}>
            <FactTable
              label={words.parts}
              columns={columns}
              rows={[
                row('web', words.web, ['manual', 'hpa']),
                ...KINDS.map((kind) => row(`workers.${kind}`, kindName(kind, t), Object.keys(t.scaling.strategy))),
              ]}
            />
          </Box>
        </Section>
      )}
      <Section title={words.nodes}>
        <Box aria-hidden sx={{ mb: 1, fontSize: '0.8125rem', lineHeight: '1.25rem' }}>
          {words.lost}
        </Box>
        {number('nodes.lostAfterSeconds', words.lost, 5, 300, t.scaling.unit.seconds)}
        <Problem text={problemAt('nodes.lostAfterSeconds')} />
      </Section>
    </Box>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box>
      <Box component="h3" sx={{ typography: 'h3', mb: 2 }}>
        {title}
      </Box>
      {children}
    </Box>
  );
}

function Problem({ text }: { text: string | null }) {
  return (
    text && (
      <Box role="alert" sx={{ mt: 1, typography: 'body2', fontWeight: 400, color: 'error.main' }}>
        {text}
      </Box>
    )
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly { value: string; name: string }[];
  onChange: (value: string) => void;
}

/** A choice whose name stands in the head of its column. */
function Choice({ label, value, options, onChange }: ChoiceProps) {
  const isKnown = options.some((option) => option.value === value);
  return (
    <NativeSelect
      fullWidth
      value={value}
      input={<OutlinedInput />}
      inputProps={{ 'aria-label': label }}
      onChange={(event) => onChange(event.target.value)}
    >
      {!isKnown && <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.name}
        </option>
      ))}
    </NativeSelect>
  );
}

const GRID = {
  display: 'grid',
  gap: 4,
  alignItems: 'start',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' },
} as const;
