import type { Clock } from '../../transport/Clock';
import { ServiceError } from '../../transport/ServiceError';
import { SERVICE } from '../transport/errors';

/** One open WebSocket that is subscribed to events. */
export interface EventSocket {
	/** Resolves when the socket has ended, whoever ended it, with a sentence why. */
	readonly closed: Promise<string>;
	/** Replaces the events that are pushed. */
	subscribe(topics: readonly number[]): void;
	close(): void;
}

export interface EventSocketOptions {
	/** With the access token inside. */
	url: string;
	topics: readonly number[];
	clock: Clock;
	ignoreSslIssues: boolean;
	/** Every text that is neither a heartbeat nor the answer to our own subscription. */
	onText(text: string): void;
}

/** The PBX closes a socket after 60 s without traffic; 20 to 30 s between heartbeats is right (yeastar.md, 11). */
const HEARTBEAT_MS = 25_000;
/** Two heartbeats without an answer, and a little: the connection is dead although nobody closed it. */
const SILENCE_MS = 60_000;
/** Five attempts of n8n and its pauses must fit into the 84 s that it gives a publication. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Node's WebSocket takes headers for the upgrade, which the browser type does not know. */
type WebSocketWithHeaders = new (
	url: string,
	options: { headers: Record<string, string> },
) => WebSocket;

/**
 * Opens the event connection and subscribes; resolves once the PBX has confirmed the subscription.
 *
 * @throws ServiceError when the upgrade or the subscription is refused, or takes too long
 */
export async function openEventSocket(options: EventSocketOptions): Promise<EventSocket> {
	const { url, clock } = options;
	const Socket = WebSocket as unknown as WebSocketWithHeaders;
	// The PBX demands a User-Agent on every request, the upgrade included (yeastar.md, 1.3).
	const socket = new Socket(url, { headers: { 'User-Agent': 'OpenAPI' } });
	const ended = new AbortController();
	let lastTrafficAt = clock.now();
	let end: (reason: string) => void = () => {};
	let confirmSubscription: (answer: { errcode: number; errmsg: string }) => void = () => {};

	const closed = new Promise<string>((resolve) => {
		end = (reason) => {
			ended.abort();
			resolve(reason);
		};
		socket.addEventListener('close', ({ code, reason }) => end(`${code} ${reason}`.trim()));
		// A refused upgrade and a cut line are an error first, and not in every version of Node a close after it.
		socket.addEventListener('error', () => end('connection lost'));
	});
	const confirmed = new Promise<{ errcode: number; errmsg: string }>((resolve) => {
		confirmSubscription = resolve;
	});
	const opened = new Promise<void>((resolve) => {
		socket.addEventListener('open', () => resolve());
	});
	socket.addEventListener('message', ({ data }) => {
		lastTrafficAt = clock.now();
		if (typeof data !== 'string' || data === 'heartbeat response') return;
		const answer = subscriptionAnswer(data);
		if (answer) confirmSubscription(answer);
		else options.onText(data);
	});

	const subscribe = (topics: readonly number[]) =>
		socket.send(JSON.stringify({ topic_list: topics }));

	const timedOut = clock.sleep(CONNECT_TIMEOUT_MS, ended.signal).then(
		() => 'no answer in time',
		() => 'closed',
	);
	const failure = Promise.race([closed, timedOut]);
	if ((await Promise.race([opened.then(() => null), failure])) !== null) {
		socket.close();
		throw upgradeRefused(options);
	}
	subscribe(options.topics);
	const outcome = await Promise.race([confirmed, failure]);
	if (typeof outcome === 'string' || outcome.errcode !== 0) {
		socket.close();
		throw subscriptionRefused(outcome);
	}

	void keepAlive();
	return { closed, subscribe, close: () => socket.close() };

	async function keepAlive(): Promise<void> {
		while (!ended.signal.aborted) {
			if (clock.now() - lastTrafficAt > SILENCE_MS) {
				// A peer that is gone does not answer the closing handshake either, so no close event would come.
				end('no answer to heartbeats');
				socket.close();
				return;
			}
			socket.send('heartbeat');
			await clock.sleep(HEARTBEAT_MS, ended.signal).catch(() => undefined);
		}
	}
}

function subscriptionAnswer(text: string): { errcode: number; errmsg: string } | null {
	if (text.length > 1_000 || !text.includes('"errcode"')) return null;
	try {
		const answer = JSON.parse(text) as { errcode?: unknown; errmsg?: unknown; type?: unknown };
		if (typeof answer.errcode !== 'number' || answer.type !== undefined) return null;
		return { errcode: answer.errcode, errmsg: String(answer.errmsg ?? '') };
	} catch {
		return null;
	}
}

function upgradeRefused({ url, ignoreSslIssues }: EventSocketOptions): ServiceError {
	const host = new URL(url).host;
	const advice =
		ignoreSslIssues && url.startsWith('wss:')
			? 'Node cannot skip the certificate check for WebSockets. Give n8n the certificate of the PBX in NODE_EXTRA_CA_CERTS, or use an address with a valid certificate.'
			: 'Check that API access from n8n is allowed on the PBX under Integrations > API, and that a proxy in between passes WebSocket connections on.';
	return new ServiceError({
		service: SERVICE,
		kind: 'unreachable',
		message: `${SERVICE} at ${host} accepts the login but not the event connection (WebSocket)`,
		advice,
	});
}

function subscriptionRefused(outcome: string | { errcode: number; errmsg: string }): ServiceError {
	const said =
		typeof outcome === 'string' ? outcome : `error ${outcome.errcode}, ${outcome.errmsg}`;
	return new ServiceError({
		service: SERVICE,
		kind: 'permission',
		code: typeof outcome === 'string' ? undefined : String(outcome.errcode),
		message: `${SERVICE} does not accept the subscription to its events (${said})`,
		advice:
			'Check that the API application on the PBX may read events, and that the firmware knows the events chosen in the node.',
	});
}
