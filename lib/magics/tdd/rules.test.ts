import { testMagic } from '@/tests/support/magic-tests';
import { tdd } from '.';

testMagic(tdd);
