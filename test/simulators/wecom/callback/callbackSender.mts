import {
	eventXml,
	seal,
	withQuery,
	type CallbackKeys,
	type SealedCallback,
} from './notification.mts';

/** How callbacks travel; may be changed at any time. */
export interface Delivery {
	/** How often each callback is sent, whatever is answered. */
	copies: number;
	/** Callbacks that are under way at the same time. */
	parallel: number;
	/** From the message to its callback. */
	delayMs: number;
	/** Nothing is sent. */
	lose: boolean;
	/** The newest that waits leaves first. */
	newestFirst: boolean;
}

/** One callback and what became of it. A copy has an entry of its own. */
export interface SentCallback extends SealedCallback {
	url: string;
	/** Before encryption. */
	plaintext: string;
	/** Status of each try; null where no answer came in time. */
	answers: Array<number | null>;
	isOver: boolean;
}

/** So often a callback is sent until somebody answers 200 (wecom-kf.md, 2.3). */
const TRIES = 3;

export type CallbackSender = ReturnType<typeof openCallbackSender>;

/** The part of WeCom that tells the app's address about what is new. */
export function openCallbackSender(
	keys: CallbackKeys,
	settings: { callbackTimeoutMs: number; now: () => number },
) {
	const delivery: Delivery = {
		copies: 1,
		parallel: 1,
		delayMs: 0,
		lose: false,
		newestFirst: false,
	};
	const sent: SentCallback[] = [];
	const waiting: SentCallback[] = [];
	const closing = new AbortController();
	let underWay = 0;
	let delayed = 0;
	let url: string | null = null;
	let tellIdle: Array<() => void> = [];

	const sendOnce = async (callback: SentCallback): Promise<number | null> => {
		const signal = AbortSignal.any([
			closing.signal,
			AbortSignal.timeout(settings.callbackTimeoutMs),
		]);
		const response = await fetch(withQuery(callback.url, callback.query), {
			method: 'POST',
			headers: { 'Content-Type': 'text/xml; charset=utf-8' },
			body: callback.body,
			redirect: 'manual',
			signal,
		});
		await response.arrayBuffer();
		return response.status;
	};

	const deliver = async (callback: SentCallback): Promise<void> => {
		for (let tried = 0; tried < TRIES && !closing.signal.aborted; tried++) {
			const status = await sendOnce(callback).catch(() => null);
			callback.answers.push(status);
			if (status === 200) break;
		}
		callback.isOver = true;
		underWay -= 1;
		startNext();
	};

	const tellWhenIdle = (): void => {
		if (underWay + waiting.length + delayed > 0) return;
		for (const tell of tellIdle.splice(0)) tell();
	};

	const startNext = (): void => {
		while (underWay < delivery.parallel && waiting.length > 0 && !closing.signal.aborted) {
			const callback = delivery.newestFirst ? waiting.pop()! : waiting.shift()!;
			underWay += 1;
			void deliver(callback);
		}
		tellWhenIdle();
	};

	const enqueue = (callbacks: SentCallback[]): void => {
		sent.push(...callbacks);
		waiting.push(...callbacks);
		startNext();
	};

	return {
		delivery,
		sent,
		get url() {
			return url;
		},
		useUrl(address: string) {
			url = address;
		},
		/** Encrypts, signs and sends an event to the address, if there is one. */
		notify(nodes: Record<string, string | number | string[]>): void {
			if (url === null || delivery.lose) return;
			const plaintext = eventXml(nodes);
			const sealed = seal(keys, plaintext, Math.floor(settings.now() / 1000));
			const address = url;
			const copies = Array.from({ length: delivery.copies }, () => ({
				...sealed,
				url: address,
				plaintext,
				answers: [],
				isOver: false,
			}));
			if (delivery.delayMs === 0) return enqueue(copies);
			delayed += 1;
			setTimeout(() => {
				delayed -= 1;
				enqueue(copies);
			}, delivery.delayMs).unref();
		},
		/** Resolves when nothing is under way or waits any more. */
		idle: () =>
			underWay + waiting.length + delayed === 0
				? Promise.resolve()
				: new Promise<void>((resolve) => {
						tellIdle = [...tellIdle, resolve];
					}),
		/** What is under way is cut off, what waits is dropped. */
		close() {
			closing.abort();
			waiting.length = 0;
			tellWhenIdle();
		},
	};
}
