'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { useEffect, useRef, useState } from 'react';
import { useToast } from '@/components/feedback/ToastProvider';
import { ForeignText } from '@/components/i18n/ForeignText';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { Mono } from '@/components/layout/Mono';
import { Panel } from '@/components/layout/Panel';
import { Glyph } from '@/components/marks/Glyph';
import { Icon } from '@/components/marks/Icon';
import { SeverityWord } from '@/components/marks/SeverityWord';
import type { OwnRule } from '@/lib/schemas/own-rules';
import { OwnRuleDialog } from './OwnRuleDialog';

interface OwnRulesEditorProps {
  value: readonly OwnRule[];
  onChange: (rules: OwnRule[]) => void;
  canEdit: boolean;
  teamId: string;
}

/** As the schema has it. */
const MOST = 100;
const NEW = 'new';

/** The rules a team wrote itself, in the draft of its policy: list, add, edit, take out. */
export function OwnRulesEditor({ value, onChange, canEdit, teamId }: OwnRulesEditorProps) {
  const t = useMessages();
  const words = t.ownRules;
  const [open, setOpen] = useState<string | null>(null);
  const edited = value.find(({ id }) => id === open) ?? null;
  const isFull = value.length >= MOST;
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);
  const restore = (rule: OwnRule) => onChange([...latest.current.filter(({ id }) => id !== rule.id), rule]);
  const apply = (rule: OwnRule) => {
    onChange(edited ? value.map((each) => (each.id === edited.id ? rule : each)) : [...value, rule]);
    setOpen(null);
  };
  return (
    <Panel
      title={words.title}
      meta={value.length > 0 ? `${value.length}` : undefined}
      headingId="own-rules"
      action={
        canEdit &&
        !isFull && (
          <Button size="small" variant="outlined" onClick={() => setOpen(NEW)}>
            {words.add}
          </Button>
        )
      }
    >
      <Box component="p" sx={{ color: 'text.secondary', mb: 3 }}>
        {isFull ? words.full(MOST) : words.lead}
      </Box>
      {value.length === 0 && <EmptyState title={words.empty} />}
      <Box component="ul" sx={{ display: 'grid' }}>
        {value.map((rule) => (
          <Row
            key={rule.id}
            rule={rule}
            canEdit={canEdit}
            onEdit={() => setOpen(rule.id)}
            onRemove={() => onChange(value.filter(({ id }) => id !== rule.id))}
            onRestore={() => restore(rule)}
          />
        ))}
      </Box>
      {open !== null && (
        <OwnRuleDialog
          teamId={teamId}
          rule={edited}
          taken={value.flatMap(({ id }) => (id === edited?.id ? [] : [id]))}
          onApply={apply}
          onClose={() => setOpen(null)}
        />
      )}
    </Panel>
  );
}

interface RowProps {
  rule: OwnRule;
  canEdit: boolean;
  onEdit: () => void;
  onRemove: () => void;
  onRestore: () => void;
}

function Row({ rule, canEdit, onEdit, onRemove, onRestore }: RowProps) {
  const t = useMessages();
  const { language } = useFormat();
  const toast = useToast();
  const { id, magic, severity, kind, isEnabled } = rule;
  const own = rule.title[language];
  const other = language === 'en' ? 'ja' : 'en';
  const title = own ?? rule.title[other] ?? id;
  const remove = () => {
    onRemove();
    toast({ text: t.ownRules.removed(title), action: { label: t.ownRules.undo, run: onRestore } });
  };
  return (
    <Box component="li" sx={ROW}>
      <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
        <Box component="p" sx={{ fontWeight: 500 }}>
          <ForeignText language={own === undefined && rule.title[other] !== undefined ? other : null}>
            {title}
          </ForeignText>
        </Box>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 12px', color: 'text.secondary' }}>
          <SeverityWord severity={severity} t={t} />
          <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 1 }}>
            <Glyph magic={magic} />
            {t.common.magics[magic]}
          </Box>
          <span>{t.ownRules.kinds[kind]}</span>
          {!isEnabled && <span>{t.ownRules.off}</span>}
          <Mono>{id}</Mono>
        </Box>
      </Box>
      {canEdit && (
        <Box sx={{ display: 'flex', gap: 1 }}>
          <IconButton aria-label={t.ownRules.edit(title)} onClick={onEdit}>
            <Icon name="wrench" size={15} />
          </IconButton>
          <IconButton aria-label={t.ownRules.remove(title)} onClick={remove}>
            <Icon name="close" size={15} />
          </IconButton>
        </Box>
      )}
    </Box>
  );
}

const ROW = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 2,
  py: 2,
  borderTop: 1,
  borderColor: 'divider',
} as const;
