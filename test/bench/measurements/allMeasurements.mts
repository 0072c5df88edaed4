import type { Measurement } from '../Measurement.mts';
import { contactSync } from './contactSync.mts';
import { frames } from './frames.mts';

/** In the order in which they run. */
export const allMeasurements: Measurement[] = [contactSync, frames];
