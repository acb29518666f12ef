import { jvmCalls, jvmHollow, jvmSettings } from './jvm';
import type { SecurityTable } from './types';

export const javaSecurity: SecurityTable = {
  calls: jvmCalls,
  settings: jvmSettings,
  hollow: [
    ...jvmHollow,
    { form: 'tls-unverified', name: /^verify$/, body: /^\{ return true; \}$/, parameters: /\bSSLSession\b/ },
  ],
  sql: { join: /^\+$/, format: /^String\.format$/, formatMethod: /^formatted$/, hole: /%(?:\d\$)?s/ },
};
