import { sleep } from 'n8n-workflow';

/** Time and chance, handed in so that tests decide both. */
export interface Clock {
	/** Milliseconds since 1970-01-01 UTC. */
	now(): number;
	/** Resolves after `milliseconds`; rejects as soon as `signal` is aborted. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
	/** A number from 0 (inclusive) to 1 (exclusive). */
	random(): number;
}

export const systemClock: Clock = {
	now: () => Date.now(),
	// n8n forbids timers in community nodes; its own sleep is the allowed way to wait.
	sleep: async (milliseconds, signal) => await sleep(milliseconds, signal),
	random: () => Math.random(),
};
