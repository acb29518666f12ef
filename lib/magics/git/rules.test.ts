import { testMagic } from '@/tests/support/magic-tests';
import { git } from '.';

testMagic(git);
