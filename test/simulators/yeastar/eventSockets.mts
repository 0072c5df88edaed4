import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { invalidParameter, PbxRefusal, refusalBody } from './errcodes.mts';
import { offeredEventIds, type EventFrame } from './eventFrame.mts';
import { admit, plainAddress } from './httpFront.mts';
import type { PbxState } from './pbxState.mts';

interface Listener {
	socket: WebSocket;
	topics: number[];
	userAgent: string;
	accessToken: string;
}

const topicMessage = z.object({ topic_list: z.array(z.number().int()) }).strict();

export type EventSockets = ReturnType<typeof openEventSockets>;

/** `/openapi/v1.0/subscribe` of the PBX: the sockets that listen, and what they have been sent. */
export function openEventSockets(pbx: PbxState) {
	const acceptor = new WebSocketServer({ noServer: true });
	let listeners: Listener[] = [];
	let framesSent = 0;

	function upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): void {
		const url = new URL(request.url ?? '/', 'http://pbx');
		const userAgent = request.headers['user-agent'] ?? '';
		const accessToken = url.searchParams.get('access_token') ?? '';
		const log = (status: number, errcode: number | null) =>
			pbx.requests.push({
				method: 'GET',
				path: url.pathname.replace('/openapi/v1.0/', ''),
				query: {},
				body: null,
				userAgent,
				status,
				errcode,
				at: Date.now(),
				answeredAt: Date.now(),
			});
		try {
			if (url.pathname !== '/openapi/v1.0/subscribe') throw new PbxRefusal(10001);
			admit(pbx, plainAddress(request.socket.remoteAddress), userAgent);
			if (pbx.faults.refuseWebSocket) throw new PbxRefusal(70084);
			if (!pbx.tokens.isLive(accessToken)) throw new PbxRefusal(10004);
			log(101, null);
			acceptor.handleUpgrade(request, raw, head, (socket) =>
				listen({ socket, topics: [], userAgent, accessToken }),
			);
		} catch (error) {
			if (!(error instanceof PbxRefusal)) throw error;
			log(401, error.errcode);
			refuseUpgrade(raw, error);
		}
	}

	function listen(listener: Listener): void {
		const { socket } = listener;
		listeners.push(listener);
		const idleMs = pbx.settings.idleSeconds * 1000;
		const closeIdle = () => socket.close(1000);
		let idle = setTimeout(closeIdle, idleMs);
		const cut = pbx.settings.cutSocketsAtTokenExpiry
			? setTimeout(() => socket.terminate(), pbx.tokens.remaining(listener.accessToken))
			: undefined;

		// Text counts as traffic. Ping frames are not documented as such, and events come from the PBX itself.
		socket.on('message', (data) => {
			clearTimeout(idle);
			idle = setTimeout(closeIdle, idleMs);
			const text = String(data);
			if (text !== 'heartbeat') socket.send(JSON.stringify(subscribe(listener, text)));
			else if (!pbx.faults.ignoreHeartbeat) socket.send('heartbeat response');
		});
		socket.on('error', () => socket.terminate());
		socket.on('close', () => {
			clearTimeout(idle);
			clearTimeout(cut);
			listeners = listeners.filter((other) => other !== listener);
		});
	}

	return {
		attachTo: (server: Server) => server.on('upgrade', upgrade),
		/** Sends to all sockets that have subscribed to the type. */
		send(frame: EventFrame): void {
			const text = JSON.stringify(frame);
			for (const { socket, topics } of listeners) {
				if (!topics.includes(frame.type)) continue;
				socket.send(text);
				framesSent++;
			}
		},
		sendRaw(data: string | Buffer): void {
			for (const { socket } of listeners) socket.send(data);
		},
		live: () => listeners.map(({ topics, userAgent }) => ({ topics, userAgent })),
		framesSent: () => framesSent,
		bytesWaiting: () => listeners.reduce((sum, { socket }) => sum + socket.bufferedAmount, 0),
		forgetSent: () => {
			framesSent = 0;
		},
		/** With a close code the PBX says goodbye; without one the line is cut. */
		drop(code?: number): void {
			for (const { socket } of listeners) {
				if (code === undefined) socket.terminate();
				else socket.close(code);
			}
		},
		/** Cuts the sockets whose token no longer lives, where the PBX is set to do that. */
		cutExpired(): void {
			if (!pbx.settings.cutSocketsAtTokenExpiry) return;
			for (const { socket, accessToken } of listeners) {
				if (!pbx.tokens.isLive(accessToken)) socket.terminate();
			}
		},
		async close(): Promise<void> {
			for (const { socket } of listeners) socket.terminate();
			await new Promise((resolve) => acceptor.close(resolve));
		},
	};
}

/** Replaces the topics (whether a real PBX replaces or adds is unconfirmed). */
function subscribe(listener: Listener, text: string): object {
	try {
		const { topic_list: topics } = topicMessage.parse(JSON.parse(text));
		const unknown = topics.find((topic) => !offeredEventIds.includes(topic));
		if (unknown !== undefined) throw invalidParameter('topic_list', String(unknown));
		listener.topics = topics;
		return { errcode: 0, errmsg: 'SUCCESS' };
	} catch (error) {
		if (error instanceof PbxRefusal) return refusalBody(error);
		if (error instanceof z.ZodError) return refusalBody(invalidParameter('topic_list'));
		return refusalBody(new PbxRefusal(-2, { value: 'topic_list' }));
	}
}

/** Status and body of a refused upgrade are unconfirmed: 401 with the usual error body here. */
function refuseUpgrade(raw: Duplex, refusal: PbxRefusal): void {
	const body = JSON.stringify(refusalBody(refusal));
	raw.end(
		[
			'HTTP/1.1 401 Unauthorized',
			'Content-Type: application/json; charset=utf-8',
			`Content-Length: ${Buffer.byteLength(body)}`,
			'Connection: close',
			'',
			body,
		].join('\r\n'),
	);
}
