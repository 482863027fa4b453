import { testMoney } from './property.mts';

testMoney(0);
