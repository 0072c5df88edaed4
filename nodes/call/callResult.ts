import type { CallDirection, CallResult, CallType } from './Call';
import { rungExtensions } from './agent';
import type { LegEvidence } from './CallEvidence';
import type { RecordObservation } from './CallObservation';
import { isExtension } from './legs';
import type { NumberDirectory } from './NumberDirectory';
import type { Talk } from './talks';

/** How a call that is over went, from the customer's side; see CallResult. @param records in order of time */
export function resultOf(
	direction: CallDirection,
	records: RecordObservation[],
	legs: LegEvidence[],
	talks: Talk[],
	directory: NumberDirectory,
): CallResult {
	if (direction === 'outbound') return outboundResult(records, talks);
	if (talks.length) return 'answered';
	const statuses = new Set(records.map((record) => record.status));
	if (statuses.has('voicemail')) return 'voicemail';
	const toPhones = records.filter((record) => isExtension(record.to, directory, legs));
	const phoneStatuses = new Set((toPhones.length ? toPhones : records).map(({ status }) => status));
	if (phoneStatuses.size === 1 && phoneStatuses.has('busy')) return 'busy';
	if (phoneStatuses.size === 1 && phoneStatuses.has('failed')) return 'failed';
	return rungExtensions(records, legs, directory).length ? 'missed' : 'abandoned';
}

function outboundResult(records: RecordObservation[], talks: Talk[]): CallResult {
	if (talks.length) return 'answered';
	const lastTry = records.filter((record) => record.direction !== 'internal').at(-1)?.status;
	return lastTry === undefined || lastTry === 'unanswered' ? 'missed' : lastTry;
}

/** Which of the four kinds of the settings page a call is; null for an internal one. */
export function callTypeOf(direction: CallDirection, result: CallResult): CallType | null {
	if (direction === 'internal') return null;
	if (direction === 'inbound') return result === 'answered' ? 'inboundAnswered' : 'inboundMissed';
	return result === 'answered' ? 'outboundAnswered' : 'outboundUnanswered';
}
