import { collectBlob } from '@/lib/facts/collect-blob';
import type { LabelledSet } from './measure';
import { findClone } from './sets';

/** Examples of the classes that the rules of strict claim, by what bandit tests them with. */
const CLAIMED = [
  ...['ciphers', 'cipher-modes', 'crypto-md5', 'hashlib_new_insecure_functions', 'weak_cryptographic_key_sizes'],
  ...['dill', 'jsonpickle', 'pandas_read_pickle', 'pickle_deserialize', 'pytorch_load'],
  ...['shelve_open', 'yaml_load', 'no_host_key_verification', 'requests-ssl-verify-disabled', 'unverified_context'],
  ...['requests-missing-timeout', 'sql_statements', 'jinja2_templating', 'mark_safe', 'mark_safe_insecure'],
  ...['mark_safe_secure', 'markupsafe_markup_xss', 'markupsafe_markup_xss_allowed_calls', 'flask_debug'],
] as const;

/** What bandit expects of medium and high severity; importing pycrypto at all is a class of its own. */
function expectedIn(test: string, name: string, source: string): number | null {
  const check = test.search(new RegExp(`check_example\\(\\s*"${name}\\.py"`));
  const from = test.lastIndexOf('"SEVERITY"', check);
  if (check < 0 || from < 0) return null;
  const counts = test.slice(from, test.indexOf('}', from));
  const countOf = (severity: string) => Number(new RegExp(`"${severity}": (\\d+)`).exec(counts)?.[1] ?? 0);
  const imports = source.split('\n').filter((line) => /^(?:from|import) Crypto\b/.test(line)).length;
  return countOf('MEDIUM') + countOf('HIGH') - imports;
}

export const bandit: LabelledSet = {
  name: 'dangerous Python',
  source: 'github.com/PyCQA/bandit',
  async measure() {
    const files = findClone('PyCQA', 'bandit');
    if (!files) return null;
    const test = files.read('tests/functional/test_functional.py').toString();
    let wanted = 0;
    let hits = 0;
    let found = 0;
    const contents = files.readAll(CLAIMED.map((name) => `examples/${name}.py`));
    for (const [index, name] of CLAIMED.entries()) {
      const bytes = contents[index] ?? Buffer.alloc(0);
      const expected = expectedIn(test, name, bytes.toString());
      if (expected === null) throw new Error(`bandit does not test ${name}`);
      const { securityFlaws, slowForms } = await collectBlob(`src/${name}.py`, bytes);
      const waits = slowForms.filter(({ form }) => form === 'no-timeout').length;
      const own = securityFlaws.filter(({ form }) => form !== 'secret-random').length + waits;
      if (process.env.SHOW_ERRORS && own !== expected) console.log(`    ${name}: ${own}, expected ${expected}`);
      wanted += expected;
      found += own;
      hits += Math.min(own, expected);
    }
    const figures = { precision: hits / found, recall: hits / wanted };
    const bars = [{ figure: 'recall', atLeast: 0.95, isReached: true }];
    return [{ name: 'classes claimed', items: wanted, figures, bars }];
  },
};
