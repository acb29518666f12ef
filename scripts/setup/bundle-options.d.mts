import type { BuildOptions } from 'esbuild';

export declare const PROGRAM_OPTIONS: BuildOptions;
export declare const SELF_CONTAINED: BuildOptions;
