import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

/** What stands in the module Calls of the CRM for some calls. */
export interface StoredCallLogs {
	/** Calls without a record. */
	lost: number;
	/** Records that a call has besides its first one. */
	doubled: number;
}

/** Looks for the records of these calls; each has the id of its call in its description. */
export function storedCallLogs(zoho: ZohoSimulator, callIds: string[]): StoredCallLogs {
	const recordsOf = new Map(callIds.map((callId): [string, number] => [callId, 0]));
	for (const record of zoho.records('Calls')) {
		const callId = callIdOf(record);
		const known = recordsOf.get(callId);
		if (known !== undefined) recordsOf.set(callId, known + 1);
	}
	const counts = [...recordsOf.values()];
	return {
		lost: counts.filter((count) => count === 0).length,
		doubled: counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
	};
}

const LOOK_EVERY_MS = 20;

/** Notes when the record of each call is first seen, by performance.now(); it looks every 20 ms. */
export function watchCallLogs(zoho: ZohoSimulator) {
	const seenAt = new Map<string, number>();
	const timer = setInterval(() => {
		const now = performance.now();
		for (const record of zoho.records('Calls')) {
			const callId = callIdOf(record);
			if (!seenAt.has(callId)) seenAt.set(callId, now);
		}
	}, LOOK_EVERY_MS);
	return {
		seenAt: (callId: string) => seenAt.get(callId),
		stop: () => clearInterval(timer),
	};
}

/** `<unix seconds>.<counter>`, as the PBX simulator numbers its calls. */
function callIdOf(record: Record<string, unknown>): string {
	return /\b\d{9,11}\.\d+\b/.exec(String(record.Description ?? ''))?.[0] ?? '';
}
