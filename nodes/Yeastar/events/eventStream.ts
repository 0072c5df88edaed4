import type { Clock } from '../../transport/Clock';
import { delayBefore, type RetryPolicy } from '../../transport/retry';
import { ServiceError } from '../../transport/ServiceError';
import { SERVICE } from '../transport/errors';
import type { YeastarPbx } from '../transport/yeastarPbx';
import { openEventSocket, type EventSocket } from './eventSocket';
import { parseFrame, type PbxEvent } from './frame';

/** One workflow that wants events of a PBX. Its functions must not throw. */
export interface PbxEventListener {
	topics: readonly number[];
	onEvent(event: PbxEvent, receivedAtMs: number): void;
	/** After every connection, the first included: time to ask what happened meanwhile. */
	onConnected(): void;
	/** After every attempt that failed. @param sinceMs when the outage began, milliseconds since 1970 */
	onOutage(error: ServiceError, sinceMs: number): void;
}

export interface PbxConnection {
	/** Equal for equal PBX and credential: such listeners share one socket. */
	key: string;
	ignoreSslIssues: boolean;
	/** Called for each attempt, so that a corrected credential is taken up. */
	connect(): Promise<YeastarPbx>;
	clock: Clock;
}

export interface EventSubscription {
	/**
	 * Resolves when there is a connection; rejects with the ServiceError of the next attempt that fails. The stream goes
	 * on trying all the same.
	 */
	firstConnection: Promise<void>;
	/** Ends the subscription, and the connection with the last one. Never rejects. */
	leave(): Promise<void>;
}

/** Attempts go on for ever; a person does not have to restart anything after an outage. */
const RECONNECT: RetryPolicy = { maxTries: Infinity, firstDelayMs: 1_000, maxDelayMs: 60_000 };
/** A connection that breaks sooner and without an event counts as a failed attempt: the PBX accepts and drops at once. */
const SHORTEST_USEFUL_CONNECTION_MS = 30_000;
/** The socket is replaced this long before its token ends; whether the PBX would cut it then is not documented. */
const REPLACE_BEFORE_EXPIRY_MS = 120_000;
const SHORTEST_LIFE_FOR_A_SOCKET_MS = 10 * 60_000;
const LATEST_REPLACEMENT_MS = 25 * 60_000;

interface EventStream {
	listeners: Set<PbxEventListener>;
	socket: EventSocket | null;
	/** Those who wait for the outcome of the next attempt. */
	waiting: Array<{ resolve(): void; reject(error: ServiceError): void }>;
	/** Makes the next attempt now: somebody waits for it. */
	hurry(): void;
	stop(): Promise<void>;
}

interface OpenConnection {
	socket: EventSocket;
	pbx: YeastarPbx;
}

/** One stream per PBX and credential in this process, however many workflows listen. */
const streams = new Map<string, EventStream>();

/** Listens to the events of a PBX until `leave` is called. */
export function listenToEvents(
	connection: PbxConnection,
	listener: PbxEventListener,
): EventSubscription {
	const running = streams.get(connection.key);
	const stream = running ?? startStream(connection, listener);
	if (running) {
		running.listeners.add(listener);
		if (running.socket) {
			running.socket.subscribe(topicsOf(running));
			listener.onConnected();
		}
	}
	return {
		firstConnection: outcomeOfNextAttempt(stream),
		async leave() {
			stream.listeners.delete(listener);
			if (stream.listeners.size === 0) {
				if (streams.get(connection.key) === stream) streams.delete(connection.key);
				await stream.stop();
			}
		},
	};
}

function outcomeOfNextAttempt(stream: EventStream): Promise<void> {
	if (stream.socket) return Promise.resolve();
	const outcome = new Promise<void>((resolve, reject) => stream.waiting.push({ resolve, reject }));
	// Whoever does not wait for it must not end the process with it.
	outcome.catch(() => undefined);
	stream.hurry();
	return outcome;
}

/** For tests and diagnostics: how many streams this process keeps. */
export function openStreamCount(): number {
	return streams.size;
}

function startStream(connection: PbxConnection, firstListener: PbxEventListener): EventStream {
	const { clock } = connection;
	const stopped = new AbortController();
	let releaseToken: () => Promise<void> = async () => undefined;
	/** An attempt that is being made; it gives its token back itself if it comes too late. */
	let opening: Promise<unknown> = Promise.resolve();
	let pause = new AbortController();
	let lastEventAt = -Infinity;

	const stream: EventStream = {
		listeners: new Set([firstListener]),
		socket: null,
		waiting: [],
		hurry: () => pause.abort(),
		async stop() {
			stopped.abort();
			for (const { reject } of stream.waiting.splice(0)) reject(asServiceError(undefined));
			stream.socket?.close();
			await Promise.all([releaseToken(), opening]);
		},
	};
	streams.set(connection.key, stream);
	void run();
	return stream;

	async function run(): Promise<void> {
		let failedTries = 0;
		let outageSince = 0;
		while (!stopped.signal.aborted) {
			try {
				const { socket, pbx } = await open();
				const connectedAt = clock.now();
				stream.socket = socket;
				for (const { resolve } of stream.waiting.splice(0)) resolve();
				// Somebody may have joined while the connection was being made.
				socket.subscribe(topicsOf(stream));
				tell((listener) => listener.onConnected());
				await replaceUntilClosed(socket, pbx);
				const wasUseful =
					lastEventAt >= connectedAt || clock.now() - connectedAt >= SHORTEST_USEFUL_CONNECTION_MS;
				failedTries = wasUseful ? 0 : failedTries + 1;
			} catch (error) {
				const failure = asServiceError(error);
				failedTries++;
				if (failedTries === 1) outageSince = clock.now();
				const since = outageSince;
				for (const { reject } of stream.waiting.splice(0)) reject(failure);
				tell((listener) => listener.onOutage(failure, since));
			}
			stream.socket = null;
			const delay = delayBefore(Math.max(1, failedTries), RECONNECT, clock);
			pause = new AbortController();
			const untilHurried = AbortSignal.any([stopped.signal, pause.signal]);
			await clock.sleep(delay, untilHurried).catch(() => undefined);
		}
	}

	async function open(): Promise<OpenConnection> {
		const attempt = connect();
		opening = attempt.catch(() => undefined);
		return await attempt;
	}

	async function connect(): Promise<OpenConnection> {
		const pbx = await connection.connect();
		const release = pbx.holdToken();
		try {
			await tokenThatLasts(pbx);
			const socket = await openEventSocket({
				url: await pbx.webSocketUrl(),
				topics: topicsOf(stream),
				clock,
				ignoreSslIssues: connection.ignoreSslIssues,
				onText: (text) => {
					const event = parseFrame(text);
					const receivedAt = clock.now();
					if (!event) return;
					lastEventAt = receivedAt;
					tell((listener) => listener.onEvent(event, receivedAt));
				},
			});
			if (stopped.signal.aborted) {
				socket.close();
				await release();
				return { socket, pbx };
			}
			const releasePrevious = releaseToken;
			releaseToken = release;
			await releasePrevious();
			return { socket, pbx };
		} catch (error) {
			await release();
			throw asServiceError(error);
		}
	}

	/** Renewing at every attempt would burn the few tokens a PBX has; a socket needs one that is not about to end. */
	async function tokenThatLasts(pbx: YeastarPbx): Promise<void> {
		await pbx.accessToken();
		const life = (pbx.tokenExpiresAt() ?? 0) - clock.now();
		if (life < SHORTEST_LIFE_FOR_A_SOCKET_MS) await pbx.freshAccessToken();
	}

	/** Keeps a subscribed socket up: the next one is opened before the token ends, then the old one is closed. */
	async function replaceUntilClosed(first: EventSocket, firstPbx: YeastarPbx): Promise<void> {
		let socket = first;
		let pbx = firstPbx;
		while (!stopped.signal.aborted) {
			const life = (pbx.tokenExpiresAt() ?? Infinity) - clock.now() - REPLACE_BEFORE_EXPIRY_MS;
			const watch = new AbortController();
			const isClosed = await Promise.race([
				socket.closed.then(() => true),
				clock
					.sleep(Math.max(1_000, Math.min(life, LATEST_REPLACEMENT_MS)), watch.signal)
					.then(() => false)
					.catch(() => true),
			]);
			watch.abort();
			if (isClosed) return;
			try {
				const next = await open();
				const previous = socket;
				socket = next.socket;
				pbx = next.pbx;
				stream.socket = socket;
				previous.close();
			} catch {
				// The old socket may well live on; if it does not, the ordinary reconnection reports the reason.
				await clock.sleep(RECONNECT.firstDelayMs * 10, stopped.signal).catch(() => undefined);
			}
		}
	}

	function tell(message: (listener: PbxEventListener) => void): void {
		for (const listener of stream.listeners) {
			try {
				message(listener);
			} catch {
				// What one workflow does with an event must not cost the others theirs; n8n has reported it already.
				continue;
			}
		}
	}
}

function topicsOf(stream: EventStream): number[] {
	return [...new Set([...stream.listeners].flatMap((listener) => [...listener.topics]))].sort(
		(a, b) => a - b,
	);
}

function asServiceError(error: unknown): ServiceError {
	if (error instanceof ServiceError) return error;
	return new ServiceError({
		service: SERVICE,
		kind: 'interrupted',
		message: `The event connection to the ${SERVICE} ended unexpectedly`,
		advice: 'Nothing to do if it comes back by itself; otherwise check the network to the PBX.',
		cause: error,
	});
}
