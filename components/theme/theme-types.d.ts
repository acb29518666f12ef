import type { Tokens } from './tokens';

declare module '@mui/material/styles' {
  interface Palette {
    elder: Tokens;
  }
  interface PaletteOptions {
    elder?: Tokens;
  }
}
