/** Of the tool, in SARIF that this product writes. */
export const DRIVER_NAME = 'Ancient Elder';
