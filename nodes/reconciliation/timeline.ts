import { sortBy, sortedIndexBy } from 'lodash';

interface Started {
	/** ISO 8601 with any offset. */
	startedAt: string;
}

/** Things in the order in which they started, so that those of one moment are found without looking at all of them. */
export interface Timeline<Each extends Started> {
	/** Those that started within some milliseconds of a moment, before it or after it. */
	around(moment: string, milliseconds: number): Each[];
}

export function timeline<Each extends Started>(things: readonly Each[]): Timeline<Each> {
	const inOrder = sortBy(
		things.map((thing) => ({ thing, time: Date.parse(thing.startedAt) })),
		'time',
	);
	return {
		around(moment, milliseconds) {
			const time = Date.parse(moment);
			const found: Each[] = [];
			const earliest = { time: time - milliseconds };
			let at = sortedIndexBy<{ time: number }>(inOrder, earliest, 'time');
			for (; at < inOrder.length && inOrder[at].time <= time + milliseconds; at++) {
				found.push(inOrder[at].thing);
			}
			return found;
		},
	};
}

/** One timeline for each key that things have. */
export function timelinesBy<Each extends Started>(
	things: readonly Each[],
	keysOf: (thing: Each) => readonly string[],
): { of(keys: Iterable<string>): Array<Timeline<Each>> } {
	const groups = new Map<string, Each[]>();
	for (const thing of things) {
		for (const key of new Set(keysOf(thing))) {
			const group = groups.get(key);
			if (group) group.push(thing);
			else groups.set(key, [thing]);
		}
	}
	const timelines = new Map([...groups].map(([key, group]) => [key, timeline(group)]));
	return {
		of: (keys) => [...keys].map((key) => timelines.get(key)).filter((each) => each !== undefined),
	};
}
