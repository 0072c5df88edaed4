import { systemClock } from '../../../nodes/transport/Clock';

/** Lets the time of the nodes run so many times faster, until it is stopped. Milliseconds since 1970 from now on. */
export function fastClock(factor: number) {
	const { now, sleep } = systemClock;
	const startedAt = Date.now();
	systemClock.now = () => startedAt + (Date.now() - startedAt) * factor;
	systemClock.sleep = async (milliseconds, signal) => await sleep(milliseconds / factor, signal);
	return {
		now: () => systemClock.now(),
		stop() {
			Object.assign(systemClock, { now, sleep });
		},
	};
}
