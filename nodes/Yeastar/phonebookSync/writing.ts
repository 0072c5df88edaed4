import type { Clock } from '../../transport/Clock';
import { DEFAULT_RETRY_POLICY, delayBefore } from '../../transport/retry';
import type { ServiceError } from '../../transport/ServiceError';
import type { CountedPbx } from './countedPbx';
import { verdictOn } from './outcome';
import type { Progress } from './progress';

/** A contact that the PBX did not take as it was to be. */
export interface Failure {
	key: string;
	name: string;
	/** What happened, and what to do. */
	reason: string;
}

/** What was done. */
export interface Done {
	created: number;
	updated: number;
	deleted: number;
	failed: Failure[];
	/** IDs of the contacts that were created, by key, as far as the PBX has answered. */
	ids: Map<string, string>;
}

export interface Circumstances {
	clock: Clock;
	/** Called after each contact. */
	onProgress: (progress: Progress) => void;
	/** Whether a person has stopped the execution. */
	isCancelled: () => boolean;
}

/** Whom a failure concerns. */
export interface Concerned {
	key: string;
	name: string;
}

/** The writes of one run to one PBX, with what became of them. */
export interface Writing {
	readonly pbx: CountedPbx;
	readonly done: Done;
	/** How many of the contacts have come to their end, well or not. */
	finished(): number;
	succeed(what: 'created' | 'updated' | 'deleted', contacts?: number): void;
	fail(concerned: Concerned, error: Pick<ServiceError, 'message' | 'advice'>): void;
	/**
	 * Writes once.
	 *
	 * @returns undefined if it succeeded, otherwise the error that concerns this contact only
	 * @throws the error if no further write would fare better
	 */
	once(write: () => Promise<unknown>): Promise<ServiceError | undefined>;
	/** The same for writes that may be carried out twice: repeats those of which nobody knows what became. */
	untilClear(write: () => Promise<unknown>): Promise<ServiceError | undefined>;
	/** Gives a PBX that did not answer a moment. */
	pause(tries?: number): Promise<void>;
}

/** Few requests at a time keep the PBX free for its phones (yeastar.md, 2). */
export const AT_A_TIME = 3;
export const MOST_TRIES = 3;
/** A PBX that does not answer so often in a row does not work, whatever it says. */
const MOST_UNCERTAIN_IN_A_ROW = 6;

/** @param total how many contacts are to be written */
export function beginWriting(
	pbx: CountedPbx,
	total: number,
	{ clock, onProgress, isCancelled }: Circumstances,
): Writing {
	const done: Done = { created: 0, updated: 0, deleted: 0, failed: [], ids: new Map() };
	let finished = 0;
	let uncertainInARow = 0;

	const finish = (contacts: number) => {
		finished += contacts;
		onProgress({ done: finished, total });
	};

	const writing: Writing = {
		pbx,
		done,
		finished: () => finished,

		succeed(what, contacts = 1) {
			done[what] += contacts;
			finish(contacts);
		},

		fail({ key, name }, { message, advice }) {
			done.failed.push({ key, name, reason: `${message}. ${advice}` });
			finish(1);
		},

		async once(write) {
			if (isCancelled()) throw new Error('The execution was stopped');
			const error = await write().then(
				() => undefined,
				(reason: unknown) => reason as ServiceError,
			);
			const verdict = error && verdictOn(error);
			uncertainInARow = verdict === 'uncertain' ? uncertainInARow + 1 : 0;
			if (verdict === 'stop' || uncertainInARow >= MOST_UNCERTAIN_IN_A_ROW) throw error as Error;
			return error;
		},

		async untilClear(write) {
			for (let tries = 1; ; tries++) {
				const error = await writing.once(write);
				if (!error || tries >= MOST_TRIES || verdictOn(error) !== 'uncertain') return error;
				await writing.pause(tries);
			}
		},

		async pause(tries = uncertainInARow) {
			await clock.sleep(delayBefore(Math.max(1, tries), DEFAULT_RETRY_POLICY, clock));
		},
	};
	return writing;
}
