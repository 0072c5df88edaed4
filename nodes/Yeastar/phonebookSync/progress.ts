import type { Clock } from '../../transport/Clock';

/** What has been done so far of what is to be done. */
export interface Progress {
	done: number;
	total: number;
}

const TELL_AFTER_WRITES = 500;
const TELL_AFTER_MS = 30_000;

/** Says now and then how far the work is: every 500 changes, and when 30 seconds have gone by since the last word. */
export function progressTeller(
	clock: Pick<Clock, 'now'>,
	tell: (text: string) => void,
): (progress: Progress) => void {
	let toldAt = clock.now();
	let toldDone = 0;
	return ({ done, total }) => {
		const isDue = done - toldDone >= TELL_AFTER_WRITES || clock.now() - toldAt >= TELL_AFTER_MS;
		if (!isDue) return;
		toldAt = clock.now();
		toldDone = done;
		tell(progressText({ done, total }));
	};
}

/** `1,200 of 5,000 contacts written` */
export function progressText({ done, total }: Progress): string {
	return `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} contacts written`;
}
