import type { KnownState } from './triggerMemory';

/** Protects memory and n8n's database; the oldest make room. n8n itself knows the keys of all executions that it keeps. */
const MOST_STATES = 10_000;
const MOST_STATES_STORED = 1_000;

/** In which state each record was heard of last, so that a trigger tells each state once. */
export interface RecordStates {
	get(module: string, recordId: string): KnownState | undefined;
	note(module: string, recordId: string, state: KnownState): void;
	/**
	 * What is to be stored, newest last.
	 *
	 * @param fromMs no search will look at what was changed before this time, milliseconds since 1970
	 */
	stored(fromMs: number): Record<string, KnownState>;
}

export function createRecordStates(memory: Record<string, KnownState> = {}): RecordStates {
	// A Map keeps the order of insertion, so its first entries are the oldest.
	const states = new Map(Object.entries(memory));
	return {
		get: (module, recordId) => states.get(recordKey(module, recordId)),
		note(module, recordId, state) {
			const key = recordKey(module, recordId);
			states.delete(key);
			states.set(key, state);
			for (const oldest of states.keys()) {
				if (states.size <= MOST_STATES) break;
				states.delete(oldest);
			}
		},
		stored: (fromMs) =>
			Object.fromEntries(
				[...states].filter(([, { at }]) => at * 1_000 >= fromMs).slice(-MOST_STATES_STORED),
			),
	};
}

function recordKey(module: string, recordId: string): string {
	return `${module} ${recordId}`;
}
