import { testMagic } from '@/tests/support/magic-tests';
import { sages } from '.';

testMagic(sages);
