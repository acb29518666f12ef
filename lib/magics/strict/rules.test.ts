import { testMagic } from '@/tests/support/magic-tests';
import { strict } from '.';

testMagic(strict);
