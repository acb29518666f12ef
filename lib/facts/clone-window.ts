/** Tokens in one window of a clone fingerprint. */
export const CLONE_WINDOW_TOKENS = 40;

/** One hash of each run of this many windows is kept, so equal code is found wherever it starts. */
export const CLONE_WINNOW = 20;
