import { seededRandom } from '../../seededRandom.mts';

/** Something that goes wrong with the next requests, whatever they ask. */
export interface Fault {
	/**
	 * - `status`: an error instead of an answer; nothing is carried out. 429 and 500 have Zoho's JSON, 502 and 503 are HTML
	 *   pages as they come from the load balancer, 401 says INVALID_TOKEN, 403 NO_PERMISSION
	 * - `errorAfterCommit`: the request is carried out, then answered with 500 INTERNAL_ERROR
	 * - `dropAfterCommit`: the request is carried out, then the connection ends without an answer
	 * - `drop`: the connection ends before anything is carried out
	 * - `slow`: the answer waits `delayMs`
	 * - `notJson`: the request is carried out, then answered with 200 and an HTML page
	 */
	kind: 'status' | 'errorAfterCommit' | 'dropAfterCommit' | 'drop' | 'slow' | 'notJson';
	/** How many requests it hits; default 1. */
	times?: number;
	/** Only requests whose method and path match, such as `/^POST \/crm\/v8\/Calls$/`; default: every API request. */
	match?: RegExp;
	/** With `status`. */
	status?: 401 | 403 | 429 | 500 | 502 | 503;
	/** With `status` 429 or 503: the header Retry-After, in seconds. Zoho CRM does not send one itself. */
	retryAfter?: number;
	/** With `slow`. */
	delayMs?: number;
}

/** Faults that hit requests by chance until they are cleared. */
export interface FaultPlan<AnyFault> {
	/** Equal seeds spoil the same requests, counted in order of arrival. */
	seed: number;
	/** What may happen, each with the share of the requests that it hits, from 0 to 1. */
	faults: Array<AnyFault & { share: number }>;
}

export type Faults = ReturnType<typeof createFaults<Fault>>;

/** @param api where faults without `match` hit */
export function createFaults<AnyFault extends Pick<Fault, 'times' | 'match'> = Fault>(
	api = '/crm/',
) {
	let pending: (AnyFault & { left: number })[] = [];
	let plan: { random: () => number; faults: FaultPlan<AnyFault>['faults'] } | undefined;
	const hits: AnyFault[] = [];
	return {
		/** Faults that were added first hit first; one request is hit by one fault. */
		add(fault: AnyFault) {
			pending.push({ ...fault, left: fault.times ?? 1 });
		},
		/** Lets faults hit by chance, from now on; requests that a fault of `add` hits are left out. */
		plan({ seed, faults }: FaultPlan<AnyFault>) {
			plan = { random: seededRandom(seed), faults };
		},
		/** All faults that have hit, in order. */
		hits: hits as readonly AnyFault[],
		/** Faults that have not hit all their requests yet. */
		get pending(): readonly AnyFault[] {
			return pending;
		},
		clear() {
			pending = [];
			hits.length = 0;
			plan = undefined;
		},
		/** Takes the fault that hits this request, if any, and counts it. */
		take(method: string, path: string): AnyFault | undefined {
			const fault = takePending(method, path) ?? takePlanned(method, path);
			if (fault) hits.push(fault);
			return fault;
		},
	};

	function takePending(method: string, path: string): AnyFault | undefined {
		const fault = pending.find((each) => isMeant(each, method, path));
		if (!fault) return undefined;
		fault.left--;
		pending = pending.filter(({ left }) => left > 0);
		return fault;
	}

	/** The shares lie one behind the other between 0 and 1. */
	function takePlanned(method: string, path: string): AnyFault | undefined {
		if (!plan || !path.startsWith(api)) return undefined;
		let left = plan.random();
		for (const fault of plan.faults) {
			left -= fault.share;
			if (left < 0) return isMeant(fault, method, path) ? fault : undefined;
		}
		return undefined;
	}

	function isMeant({ match }: Pick<Fault, 'match'>, method: string, path: string): boolean {
		return match ? match.test(`${method} ${path}`) : path.startsWith(api);
	}
}
