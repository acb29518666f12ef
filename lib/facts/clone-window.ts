/** Tokens in one window of a clone fingerprint. */
export const CLONE_WINDOW_TOKENS = 40;
