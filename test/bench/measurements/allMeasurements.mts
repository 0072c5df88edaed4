import type { Measurement } from '../Measurement.mts';
import { contactSync } from './contactSync.mts';
import { numberMatching } from './numberMatching.mts';
import { vendorRequests } from './vendorRequests.mts';
import { weComDecryption } from './weComDecryption.mts';
import { weComMessages } from './weComMessages.mts';

/** In the order in which they run. */
export const allMeasurements: Measurement[] = [
	vendorRequests,
	numberMatching,
	weComMessages,
	weComDecryption,
	contactSync,
];
