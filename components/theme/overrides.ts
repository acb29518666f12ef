import type { Components, Theme } from '@mui/material/styles';
import { AppLink } from './AppLink';
import { cssToken as c } from './tokens';

const touch = '@media (pointer: coarse)';

export const overrides: Components<Omit<Theme, 'components'>> = {
  MuiButtonBase: {
    defaultProps: { disableRipple: true, LinkComponent: AppLink },
    styleOverrides: {
      root: {
        font: 'inherit',
        // MUI takes the outline away from its buttons, as strongly as the base style gives it.
        '&:focus-visible, &.Mui-focusVisible': { outline: `2px solid ${c('accentMark')}`, outlineOffset: '2px' },
      },
    },
  },
  MuiLink: {
    defaultProps: { component: AppLink, underline: 'hover', color: 'info.main' },
    styleOverrides: { root: { fontWeight: 500, borderRadius: 2 } },
  },
  MuiButton: {
    defaultProps: { disableElevation: true, size: 'medium' },
    styleOverrides: {
      root: {
        height: 32,
        minWidth: 0,
        padding: '0 12px',
        gap: 7,
        whiteSpace: 'nowrap',
        [touch]: { height: 44 },
        variants: [
          { props: { size: 'small' }, style: { height: 28, padding: '0 9px', fontSize: '0.78125rem' } },
          {
            props: { variant: 'outlined' },
            style: {
              borderColor: c('lineStrong'),
              backgroundColor: c('surface'),
              '&:hover': { backgroundColor: c('hover'), borderColor: c('lineStrong') },
            },
          },
          {
            props: { variant: 'outlined', color: 'primary' },
            style: { color: c('text') },
          },
          {
            props: { variant: 'text', color: 'primary' },
            style: { color: c('text2'), '&:hover': { backgroundColor: c('hover') } },
          },
        ],
        '&.Mui-disabled': { color: c('text3') },
      },
      startIcon: { margin: 0 },
      endIcon: { margin: 0 },
    },
  },
  MuiIconButton: {
    styleOverrides: {
      root: {
        width: 30,
        height: 30,
        padding: 0,
        borderRadius: 6,
        color: c('text2'),
        '&:hover': { backgroundColor: c('hover') },
        [touch]: { width: 44, height: 44 },
      },
    },
  },
  MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
  MuiTable: { defaultProps: { size: 'small' }, styleOverrides: { root: { borderCollapse: 'separate' } } },
  MuiTableCell: {
    styleOverrides: {
      root: { padding: '0 12px', borderColor: c('line'), height: 40 },
      head: {
        height: 34,
        fontSize: '0.75rem',
        lineHeight: 'var(--elder-line-meta)',
        fontWeight: 500,
        color: c('text3'),
        backgroundColor: c('surface'),
        whiteSpace: 'nowrap',
      },
    },
  },
  MuiTableRow: {
    styleOverrides: {
      root: {
        'tbody > &:last-child > *': { borderBottom: 0 },
        '&.MuiTableRow-hover:hover': { backgroundColor: c('hover') },
        '&.Mui-selected, &.Mui-selected:hover': { backgroundColor: c('selected') },
      },
    },
  },
  MuiTableSortLabel: { styleOverrides: { root: { '&.Mui-active': { color: c('text') } } } },
  MuiTabs: {
    styleOverrides: {
      root: { minHeight: 36 },
      indicator: { backgroundColor: c('text'), height: 2 },
      list: { gap: 20 },
    },
  },
  MuiTab: {
    styleOverrides: {
      root: {
        minHeight: 36,
        minWidth: 0,
        padding: 0,
        color: c('text2'),
        '&.Mui-selected': { color: c('text') },
        [touch]: { minHeight: 44 },
      },
    },
  },
  MuiChip: {
    styleOverrides: {
      root: { height: 22, borderRadius: 4, fontSize: '0.75rem', fontWeight: 500, color: c('text2') },
      label: { paddingLeft: 7, paddingRight: 7 },
    },
  },
  MuiOutlinedInput: {
    styleOverrides: {
      root: {
        minHeight: 32,
        backgroundColor: c('surface'),
        '& .MuiOutlinedInput-notchedOutline': { borderColor: c('lineStrong') },
        '&:hover .MuiOutlinedInput-notchedOutline': { borderColor: c('text3') },
        '&.Mui-focused .MuiOutlinedInput-notchedOutline': { borderColor: c('accentMark'), borderWidth: 2 },
        [touch]: { minHeight: 44 },
      },
      input: {
        padding: '0 10px',
        height: 32,
        '.MuiInputBase-adornedStart > &': { paddingLeft: 8 },
        [touch]: { height: 44, fontSize: '1rem' },
      },
      multiline: { padding: '6px 0' },
    },
  },
  MuiInputBase: { styleOverrides: { input: { '&:focus-visible': { outline: 'none' } } } },
  MuiTooltip: {
    defaultProps: { enterDelay: 400, enterNextDelay: 400 },
    styleOverrides: {
      tooltip: {
        backgroundColor: c('ink'),
        color: c('onInk'),
        fontSize: '0.75rem',
        lineHeight: 'var(--elder-line-meta)',
        fontWeight: 400,
        padding: '4px 8px',
      },
    },
  },
  MuiSwitch: {
    styleOverrides: {
      root: { width: 30, height: 18, padding: 0, overflow: 'visible' },
      switchBase: {
        padding: 2,
        '&.Mui-checked': { transform: 'translateX(12px)', color: c('onInk') },
        '&.Mui-checked + .MuiSwitch-track': { backgroundColor: c('ink'), opacity: 1 },
        '&.Mui-focusVisible + .MuiSwitch-track': { outline: `2px solid ${c('accentMark')}`, outlineOffset: 2 },
      },
      thumb: { width: 14, height: 14, boxShadow: 'none', backgroundColor: c('surface') },
      track: { borderRadius: 9, backgroundColor: c('lineStrong'), opacity: 1 },
    },
  },
  MuiMenu: {
    styleOverrides: {
      paper: { backgroundColor: c('raised'), border: `1px solid ${c('line')}`, boxShadow: 'var(--elder-shadow)' },
      list: { padding: 4 },
    },
  },
  MuiMenuItem: {
    styleOverrides: {
      root: {
        minHeight: 32,
        padding: '4px 10px',
        borderRadius: 4,
        gap: 8,
        fontSize: '0.8125rem',
        '&:hover, &.Mui-focusVisible': { backgroundColor: c('hover') },
        '&.Mui-selected, &.Mui-selected:hover': { backgroundColor: c('selected') },
        [touch]: { minHeight: 44 },
      },
    },
  },
  MuiBackdrop: {
    styleOverrides: {
      root: { '&:not(.MuiBackdrop-invisible)': { backgroundColor: 'var(--elder-backdrop)' } },
    },
  },
  MuiDialog: {
    styleOverrides: {
      paper: {
        borderRadius: 12,
        maxWidth: 480,
        backgroundColor: c('raised'),
        border: `1px solid ${c('line')}`,
        boxShadow: 'var(--elder-shadow)',
      },
    },
  },
  MuiDialogTitle: { styleOverrides: { root: { fontSize: '0.875rem', fontWeight: 600, padding: '16px 20px 8px' } } },
  MuiDialogContent: { styleOverrides: { root: { padding: '8px 20px' } } },
  MuiDialogActions: { styleOverrides: { root: { padding: '12px 20px 16px', gap: 8 } } },
  MuiSkeleton: {
    defaultProps: { animation: false },
    styleOverrides: { root: { backgroundColor: c('track'), borderRadius: 4, transform: 'none' } },
  },
  MuiLinearProgress: {
    styleOverrides: {
      root: { height: 4, borderRadius: 2, backgroundColor: c('track') },
      bar: { borderRadius: 2, backgroundColor: c('accentMark') },
    },
  },
  MuiFormLabel: {
    styleOverrides: { root: { color: c('text'), fontWeight: 500, '&.Mui-focused': { color: c('text') } } },
  },
  MuiCheckbox: {
    styleOverrides: { root: { padding: 4, color: c('lineStrong'), '&.Mui-checked': { color: c('ink') } } },
  },
};
