import type { Measurement } from '../Measurement.mts';
import { burst } from './burst.mts';
import { contactSync } from './contactSync.mts';
import { costPerCall } from './costPerCall.mts';
import { frames } from './frames.mts';
import { hangUpToLog } from './hangUpToLog.mts';
import { numberMatching } from './numberMatching.mts';
import { processes } from './processes.mts';
import { startUp } from './startUp.mts';
import { vendorRequests } from './vendorRequests.mts';
import { weComDecryption } from './weComDecryption.mts';
import { weComMessages } from './weComMessages.mts';

/** In the order in which they run. */
export const allMeasurements: Measurement[] = [
	frames,
	burst,
	processes,
	hangUpToLog,
	vendorRequests,
	startUp,
	costPerCall,
	numberMatching,
	weComMessages,
	weComDecryption,
	contactSync,
];
