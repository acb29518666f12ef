/** Without schemas: pages that name them load no more than this. */
export const MAX_IMPORT_BYTES = 8 * 1024 ** 2;
export const LONGEST_CATEGORY = 60;
