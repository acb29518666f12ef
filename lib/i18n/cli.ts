import { cliEn } from './cli.en';
import { cliJa } from './cli.ja';

/** Texts of the command line by language. */
export const CLI_TEXTS = { en: cliEn, ja: cliJa } as const;
