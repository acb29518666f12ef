import { testMagic } from '@/tests/support/magic-tests';
import { flow } from '.';

testMagic(flow);
