'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { KeyHint } from '@/components/layout/KeyHint';

export function HelpDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useMessages();
  const { help } = t.shell;
  const groups: [string, [string[], string][]][] = [
    [
      help.everywhere,
      [
        [['Ctrl', 'K'], help.palette],
        [['/'], help.filter],
        [['?'], help.help],
        [['g', 'p'], help.projects],
        [['g', 'i'], help.inbox],
        [['g', 'a'], help.audits],
        [['g', 'r'], help.rules],
      ],
    ],
    [
      help.lists,
      [
        [['j', 'k'], help.move],
        [['Enter'], help.open],
        [['x'], help.select],
        [['Esc'], help.back],
      ],
    ],
    [
      help.onPages,
      [
        [['a'], t.triage.keys.assign],
        [['r'], t.triage.keys.accepted],
        [['f'], t.triage.keys.false_positive],
        [['w'], t.triage.keys.wont_fix],
        [['c'], t.triage.keys.comment],
        [['z'], t.triage.keys.undo],
        [['p'], help.patch],
        [['[', ']'], help.magic],
      ],
    ],
  ];
  return (
    <Dialog open={isOpen} onClose={onClose} aria-labelledby="help-title" fullWidth>
      <DialogTitle id="help-title">{help.title}</DialogTitle>
      <DialogContent>
        {groups.map(([name, keys]) => (
          <Box key={name} sx={{ mb: 4 }}>
            <Box component="h3" sx={{ typography: 'h3', mb: 1 }}>
              {name}
            </Box>
            <Box component="dl">
              {keys.map(([pressed, what]) => (
                <Box key={what} sx={{ display: 'flex', alignItems: 'center', minHeight: 28, gap: 2 }}>
                  <Box component="dt" sx={{ display: 'flex', gap: 1, width: 96, flex: 'none' }}>
                    {pressed.map((one) => (
                      <KeyHint key={one}>{one}</KeyHint>
                    ))}
                  </Box>
                  <Box component="dd" sx={{ color: 'text.secondary' }}>
                    {what}
                  </Box>
                </Box>
              ))}
            </Box>
          </Box>
        ))}
        <Box component="p" sx={{ typography: 'body2', color: 'elder.text3' }}>
          {help.off}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          {t.common.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
