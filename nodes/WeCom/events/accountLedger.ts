import type { AccountMemory } from './triggerMemory';

/** A message that is to be dealt with. */
export interface LedgerEntry {
	messageId: string;
	/** 1; more if n8n ended while an earlier attempt was under way. */
	attempt: number;
}

/**
 * Keeps account of the messages of one service account, so that each is dealt with once, and none is lost when n8n ends at
 * any moment: the stored cursor moves past a page only when all its messages have been dealt with.
 */
export interface AccountLedger {
	/** Where to read on; undefined for the beginning. */
	readCursor(): string | undefined;
	/**
	 * Takes in a page.
	 *
	 * @param messageIds oldest first
	 * @param nextCursor as WeCom gives it; empty if it gives none
	 * @returns what is to be dealt with, in the same order
	 */
	takePage(messageIds: readonly string[], nextCursor: string): LedgerEntry[];
	/** Nothing more was to be read just now. */
	noteCaughtUp(): void;
	/** The execution is about to start. */
	start(entry: LedgerEntry): void;
	/** The message has been dealt with. */
	finish(messageId: string): void;
	/** How many messages wait or are being dealt with. */
	openCount(): number;
	/** Whoever was to deal with what waits does not: it is read again. What has started goes on. */
	dropWaiting(): void;
	remembered(): AccountMemory;
}

interface Page {
	/** The cursor with which it was read. */
	from: string | undefined;
	messageIds: string[];
}

interface Progress {
	state: 'waiting' | 'started' | 'finished';
	attempt: number;
}

/** WeCom gives nothing twice to a cursor that moves; this many ids guard against one that does not. */
const MOST_PASSED = 5_000;

export function createAccountLedger(memory: AccountMemory = {}): AccountLedger {
	let readCursor = memory.cursor;
	let pages: Page[] = [];
	const progress = new Map<string, Progress>();
	/** Behind the cursor, latest last. */
	const passed = new Set<string>();
	const finishedBefore = new Set(memory.finished);
	const startedBefore = new Map(Object.entries(memory.started ?? {}));

	const isDone = ({ messageIds }: Page) =>
		messageIds.every((id) => (progress.get(id)?.state ?? 'finished') === 'finished');

	/** Moves the cursor past the pages that are done. */
	const moveOn = () => {
		while (pages.length > 0 && isDone(pages[0])) {
			for (const id of pages[0].messageIds) {
				progress.delete(id);
				passed.add(id);
			}
			pages.shift();
		}
		for (const oldest of passed) {
			if (passed.size <= MOST_PASSED) break;
			passed.delete(oldest);
		}
	};

	const progressOfNew = (messageId: string): Progress => {
		const attempts = startedBefore.get(messageId) ?? 0;
		const isFinished = finishedBefore.delete(messageId);
		startedBefore.delete(messageId);
		return { state: isFinished ? 'finished' : 'waiting', attempt: attempts + 1 };
	};

	const idsThat = (has: (each: Progress) => boolean) =>
		[...progress].filter(([, each]) => has(each)).map(([id]) => id);

	return {
		readCursor: () => readCursor,

		takePage(messageIds, nextCursor) {
			const ids = [...new Set(messageIds)].filter((id) => !passed.has(id));
			const taken = ids.filter((id) => !progress.has(id));
			for (const id of taken) progress.set(id, progressOfNew(id));
			pages.push({ from: readCursor, messageIds: ids });
			readCursor = nextCursor || readCursor;
			const entries = taken
				.map((messageId) => ({ messageId, ...(progress.get(messageId) as Progress) }))
				.filter(({ state }) => state === 'waiting')
				.map(({ messageId, attempt }) => ({ messageId, attempt }));
			moveOn();
			return entries;
		},

		noteCaughtUp() {
			// WeCom has them no more.
			finishedBefore.clear();
			startedBefore.clear();
			const inPages = new Set(pages.flatMap(({ messageIds }) => messageIds));
			for (const id of idsThat(({ state }) => state === 'finished')) {
				if (!inPages.has(id)) progress.delete(id);
			}
		},

		start({ messageId, attempt }) {
			progress.set(messageId, { state: 'started', attempt });
		},

		finish(messageId) {
			const known = progress.get(messageId);
			if (!known) return;
			known.state = 'finished';
			moveOn();
		},

		openCount: () => idsThat(({ state }) => state !== 'finished').length,

		dropWaiting() {
			readCursor = pages.length > 0 ? pages[0].from : readCursor;
			pages = [];
			for (const [id, { state, attempt }] of [...progress]) {
				if (state === 'started') continue;
				if (state === 'finished') finishedBefore.add(id);
				else if (attempt > 1) startedBefore.set(id, attempt - 1);
				progress.delete(id);
			}
		},

		remembered() {
			const started = [...progress].flatMap(([id, { state, attempt }]): Array<[string, number]> => {
				const attempts = state === 'started' ? attempt : attempt - 1;
				return state !== 'finished' && attempts > 0 ? [[id, attempts]] : [];
			});
			const cursor = pages.length > 0 ? pages[0].from : readCursor;
			return {
				...(memory.since !== undefined && { since: memory.since }),
				...(cursor !== undefined && { cursor }),
				finished: [...finishedBefore, ...idsThat(({ state }) => state === 'finished')],
				started: Object.fromEntries([...startedBefore, ...started]),
			};
		},
	};
}
