import { testMagic } from '@/tests/support/magic-tests';
import { predictive } from '.';

testMagic(predictive);
