import { declareUnitTestsOf } from './unitFiles.mts';

declareUnitTestsOf(__filename);
