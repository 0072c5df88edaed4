import type { Measurement } from '../Measurement.mts';
import { contactSync } from './contactSync.mts';
import { numberMatching } from './numberMatching.mts';
import { weComDecryption } from './weComDecryption.mts';

/** In the order in which they run. */
export const allMeasurements: Measurement[] = [numberMatching, weComDecryption, contactSync];
