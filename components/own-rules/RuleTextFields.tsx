'use client';

import Box from '@mui/material/Box';
import { Field } from '@/components/forms/Field';
import { TextArea } from '@/components/forms/TextArea';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { LANGUAGES } from '@/lib/magics/types';
import { type OwnRuleDraft, TEXT_NAMES } from './own-rule-draft';

interface RuleTextFieldsProps {
  texts: OwnRuleDraft['texts'];
  problems: Readonly<Record<string, string>>;
  onChange: (texts: OwnRuleDraft['texts']) => void;
}

/** The words of a rule in both languages, the reader's own first. */
export function RuleTextFields({ texts, problems, onChange }: RuleTextFieldsProps) {
  const t = useMessages();
  const { language } = useFormat();
  const languages = [language, ...LANGUAGES.filter((other) => other !== language)];
  return (
    <Box sx={{ display: 'grid', gap: 4 }}>
      <Box component="p" sx={{ color: 'text.secondary' }}>
        {t.ownRules.textHelp}
      </Box>
      {TEXT_NAMES.map((name) => (
        <Box key={name} sx={PAIR}>
          {languages.map((each, at) => {
            const field = {
              label: t.ownRules.inLanguage[each](t.ownRules.texts[name]),
              value: texts[name][each],
              error: at === 0 ? (problems[name] ?? null) : null,
              onChange: (text: string) => onChange({ ...texts, [name]: { ...texts[name], [each]: text } }),
            };
            if (name === 'title') return <Field key={each} {...field} lang={each} autoComplete="off" />;
            const help = name === 'message' && at === 0 ? { help: t.ownRules.messageHelp } : {};
            return <TextArea key={each} {...field} {...help} rows={2} />;
          })}
        </Box>
      ))}
    </Box>
  );
}

const PAIR = {
  display: 'grid',
  alignItems: 'start',
  gap: 3,
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 1fr) minmax(0, 1fr)' },
} as const;
