import { testMagic } from '@/tests/support/magic-tests';
import { servant } from '.';

testMagic(servant);
