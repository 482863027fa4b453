import { testMoney } from './property.mts';

testMoney(1);
