import { sortedLastIndexBy } from 'lodash';

/** Starts executions one after the other, so that calls are dealt with in their order and do not flood anybody. */
export interface EmissionQueue {
	/**
	 * @param startedAtMs start of the call, milliseconds since 1970: the oldest call comes first
	 * @param emit starts the execution of the call; its promise settles when the next call may have its turn
	 */
	add(startedAtMs: number, emit: () => Promise<void>): void;
	/** Starts nothing more, at once. */
	close(): void;
}

interface Emission {
	startedAtMs: number;
	emit: () => Promise<void>;
}

/** @param onProblem is told why an execution could not be started or did not end well; the next one is started then */
export function createEmissionQueue(onProblem: (problem: unknown) => void): EmissionQueue {
	const waiting: Emission[] = [];
	let isBusy = false;
	let isClosed = false;

	return {
		add(startedAtMs, emit) {
			if (isClosed) return;
			const emission = { startedAtMs, emit };
			waiting.splice(sortedLastIndexBy(waiting, emission, 'startedAtMs'), 0, emission);
			if (!isBusy) void workOff();
		},

		close() {
			isClosed = true;
			waiting.length = 0;
		},
	};

	async function workOff(): Promise<void> {
		isBusy = true;
		// Whoever adds several calls at once has them sorted before the first one is told.
		await Promise.resolve();
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			await next.emit().catch(onProblem);
		}
		isBusy = false;
	}
}
