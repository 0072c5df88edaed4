import { uniq } from 'lodash';
import type { Call } from '../../call/Call';
import type { Clock } from '../../transport/Clock';
import { concurrencyLimit } from '../../transport/concurrency';
import { waitAtMost } from '../../transport/waitAtMost';
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
	/** Whether anything is to happen for a call that has ended. Must not throw. */
	isAskedFor(call: Call): boolean;
	/** A call has ended that is asked for. The promise settles when it has been dealt with. */
	onEndedCall(call: Call): Promise<void>;
	/** A call could not be told. */
	onPassingProblem(error: unknown): void;
}

/** A call that ended longer ago waits for its turn; all others are told at once, whatever waits. */
const MISSED_AFTER_MS = 60_000;
/** n8n gives each execution a memory of its own for expressions; hundreds at once make all of them slower. */
const MOST_AT_A_TIME = 20;
/** One execution that hangs must not hold up the calls behind it. */
const LONGEST_TURN_MS = 30_000;

/**
 * Calls of one customer are dealt with one after the other: two workers of n8n know nothing of each other, and Zoho's
 * search finds a new record only after a while, so that both would create one. After an outage there are many calls at
 * once, which are told one by one, the oldest first.
 */
export function createEndedCalls(
	ledger: ReportLedger,
	clock: Clock,
	listener: EndedCallListener,
): EndedCalls {
	const missedCalls = createEmissionQueue((problem) => listener.onPassingProblem(problem));
	const inTurnOfCustomer = concurrencyLimit(1);
	const someAtATime = concurrencyLimit(MOST_AT_A_TIME);
	let isClosed = false;

	const tell = async (call: Call, noteReported: (atMs: number) => void) =>
		await inTurnOfCustomer(
			customerOf(call),
			async () =>
				await someAtATime('all calls', async () => {
					if (isClosed) return;
					noteReported(clock.now());
					await waitAtMost(LONGEST_TURN_MS, listener.onEndedCall(call), clock);
				}),
		);

	return {
		report(call, ids) {
			const endedAt = Date.parse(call.endedAt as string);
			const noteReported = ledger.expect(uniq(ids), endedAt);
			if (!listener.isAskedFor(call)) {
				noteReported(clock.now());
				return;
			}
			if (clock.now() - endedAt < MISSED_AFTER_MS) {
				void tell(call, noteReported).catch((error: unknown) => listener.onPassingProblem(error));
				return;
			}
			missedCalls.add(Date.parse(call.startedAt), async () => await tell(call, noteReported));
		},
		close() {
			isClosed = true;
			missedCalls.close();
		},
	};
}

/** Equal for calls of one customer; whoever calls without a number is nobody's equal. */
function customerOf({ callId, customer }: Call): string {
	const number = customer.e164 ?? customer.number;
	return number === '' ? callId : number;
}
