/** A request as the simulators log it: when it came and when its answer was out, milliseconds since 1970. */
interface TimedRequest {
	at: number;
	answeredAt: number;
}

/** Seconds during which at least one of the requests was open. */
export function openSeconds(requests: readonly TimedRequest[]): number {
	let milliseconds = 0;
	let openUntil = -Infinity;
	for (const { at, answeredAt } of [...requests].sort((one, other) => one.at - other.at)) {
		milliseconds += Math.max(0, answeredAt - Math.max(at, openUntil));
		openUntil = Math.max(openUntil, answeredAt);
	}
	return milliseconds / 1_000;
}
