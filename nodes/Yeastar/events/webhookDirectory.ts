import { EMPTY_DIRECTORY, type NumberDirectory } from '../../call/NumberDirectory';
import type { Clock } from '../../transport/Clock';
import { createMemory } from '../../transport/memory';
import { singleFlight } from '../../transport/singleFlight';

/** Names and e-mail addresses of extensions change rarely. */
const READ_ANEW_AFTER_MS = 15 * 60_000;
/** Every push would wait for a PBX that cannot be reached. */
const TRY_AGAIN_AFTER_MS = 60_000;
const LONGEST_WAIT_MS = 5_000;
const KEPT_MS = 24 * 3_600_000;
const MOST_DIRECTORIES = 100;

/** The directory of each PBX, remembered in this process. */
export function directoryKeeper(
	clock: Clock,
): (
	key: string,
	read: () => Promise<NumberDirectory>,
	onProblem: (error: unknown) => void,
) => Promise<NumberDirectory> {
	const known = createMemory<{ directory: NumberDirectory; readAt: number }>(
		KEPT_MS,
		MOST_DIRECTORIES,
	);
	const failedLately = createMemory<true>(TRY_AGAIN_AFTER_MS, MOST_DIRECTORIES);
	const once = singleFlight<NumberDirectory>();

	/**
	 * Never rejects: if the PBX cannot be reached, or does not answer soon, the last directory that it told counts, or an
	 * empty one.
	 */
	return async (key, read, onProblem) => {
		const last = known.get(key, clock.now());
		const isNew = last !== undefined && clock.now() - last.readAt < READ_ANEW_AFTER_MS;
		const instead = last?.directory ?? EMPTY_DIRECTORY;
		if (isNew || failedLately.get(key, clock.now())) return instead;
		const reading = once(key, async () => {
			const directory = await read();
			known.set(key, { directory, readAt: clock.now() }, clock.now());
			return directory;
		}).catch((error: unknown) => {
			failedLately.set(key, true, clock.now());
			onProblem(error);
			return instead;
		});
		const patience = new AbortController();
		const enough = clock.sleep(LONGEST_WAIT_MS, patience.signal).then(
			() => instead,
			() => instead,
		);
		const directory = await Promise.race([reading, enough]);
		patience.abort();
		return directory;
	};
}
