/** On the rail the name is for screen readers only; a tooltip or a menu shows it. */
export const NAME_ON_WIDE = {
  position: { md: 'absolute', lg: 'static' },
  width: { md: '1px', lg: 'auto' },
  height: { md: '1px', lg: 'auto' },
  clipPath: { md: 'inset(50%)', lg: 'none' },
  minWidth: 0,
  textAlign: 'left',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
} as const;
