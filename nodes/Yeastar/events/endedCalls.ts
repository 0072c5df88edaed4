import { uniq } from 'lodash';
import type { Call } from '../../call/Call';
import type { Clock } from '../../transport/Clock';
import { createEmissionQueue } from './emissionQueue';
import type { ReportLedger } from './feedMemory';

/** Tells of ended calls, and keeps account of it. */
export interface EndedCalls {
	/** @param ids all ids under which the PBX may tell of this call */
	report(call: Call, ids: string[]): void;
	/** Tells of nothing more; what waits is made up for at the next start. */
	close(): void;
}

export interface EndedCallListener {
	/** A call has just ended. */
	onCall(moment: 'callEnded', call: Call): void;
	/**
	 * A call ended a while ago. After an outage there are many, so they are told one by one, the oldest first: the next
	 * when the promise settles, which it should when the call has been dealt with.
	 */
	onMissedCall(call: Call): Promise<void>;
	/** A call could not be told. */
	onPassingProblem(error: unknown): void;
}

/** A call that ended longer ago waits for its turn; all others are told at once, whatever waits. */
const MISSED_AFTER_MS = 60_000;

export function createEndedCalls(
	ledger: ReportLedger,
	clock: Clock,
	listener: EndedCallListener,
): EndedCalls {
	const missedCalls = createEmissionQueue(clock, (problem) => listener.onPassingProblem(problem));
	return {
		report(call, ids) {
			const endedAt = Date.parse(call.endedAt as string);
			const noteReported = ledger.expect(uniq(ids), endedAt);
			if (clock.now() - endedAt < MISSED_AFTER_MS) {
				noteReported(clock.now());
				listener.onCall('callEnded', call);
				return;
			}
			missedCalls.add(Date.parse(call.startedAt), async () => {
				noteReported(clock.now());
				await listener.onMissedCall(call);
			});
		},
		close: () => missedCalls.close(),
	};
}
