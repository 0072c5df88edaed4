import type { Call, CallDirection } from '../../call/Call';

/** Which calls a trigger reports; an empty list lets all pass. */
export interface CallFilter {
	directions: CallDirection[];
	/** Extensions that were rung or took part. */
	extensions: string[];
	queues: string[];
	dids: string[];
}

export function passesFilter(call: Call, filter: CallFilter): boolean {
	const numbersOnTheWay = [call.agent?.extension, ...call.journey.map((leg) => leg.number)];
	return (
		matches(filter.directions, [call.direction]) &&
		matches(filter.extensions, numbersOnTheWay) &&
		matches(filter.queues, [call.queue, ...numbersOnTheWay]) &&
		matches(filter.dids, [call.did, call.didName])
	);
}

function matches(wanted: string[], found: Array<string | null | undefined>): boolean {
	return wanted.length === 0 || found.some((value) => value != null && wanted.includes(value));
}
