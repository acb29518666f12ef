import { testMagic } from '@/tests/support/magic-tests';
import { integrity } from '.';

testMagic(integrity);
