import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { WebSocket } from 'ws';
import type { PbxSimulator } from './pbxSimulator.mts';

/** An answer of the API, decoded. */
export interface ApiAnswer extends Record<string, unknown> {
	errcode: number;
}

type Rows = Array<Record<string, unknown>>;

/** The rows of an answer's `data`, for tests that look inside. */
export const dataRows = (answer: ApiAnswer) => answer.data as Rows;

/** Asks the simulated PBX without any client code of the product between: GET, or POST when there is a body. */
export async function ask(pbx: PbxSimulator, path: string, body?: unknown): Promise<ApiAnswer> {
	const response = await fetch(`${pbx.baseUrl}/openapi/v1.0/${path}`, {
		method: body === undefined ? 'GET' : 'POST',
		headers: { 'User-Agent': 'OpenAPI', 'Content-Type': 'application/json' },
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	return (await response.json()) as ApiAnswer;
}

export const logIn = (pbx: PbxSimulator, password = pbx.clientSecret): Promise<ApiAnswer> =>
	ask(pbx, 'get_token', { username: pbx.clientId, password });

/** `ask` with a token of its own, taken once. */
export async function loggedIn(pbx: PbxSimulator) {
	const { access_token: token } = await logIn(pbx);
	const accessToken = String(token);
	return {
		accessToken,
		ask: (path: string, body?: unknown) =>
			ask(pbx, `${path}${path.includes('?') ? '&' : '?'}access_token=${accessToken}`, body),
	};
}

/** A request with exactly these headers: fetch would add a User-Agent. */
export function askWith(
	pbx: PbxSimulator,
	path: string,
	headers: Record<string, string>,
	body?: string,
): Promise<{ status: number; text: string }> {
	return new Promise((resolve, reject) => {
		const method = body === undefined ? 'GET' : 'POST';
		const request = httpRequest(`${pbx.baseUrl}${path}`, { method, headers }, (response) => {
			let text = '';
			response.on('data', (part) => (text += String(part)));
			response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
		});
		request.on('error', reject);
		request.end(body);
	});
}

/** A socket that keeps what it hears. */
export interface Listening {
	socket: WebSocket;
	texts: string[];
	/** Resolves when so many texts have come, the answer to the subscription included. */
	heard: (count: number) => Promise<string[]>;
	closed: Promise<number>;
}

/** Connects to `/subscribe`; with topics it subscribes and waits for the answer, which is the first of `texts`. */
export async function listen(
	pbx: PbxSimulator,
	accessToken: string,
	topics?: number[],
): Promise<Listening> {
	const address = `${pbx.baseUrl.replace('http', 'ws')}/openapi/v1.0/subscribe`;
	const socket = new WebSocket(`${address}?access_token=${accessToken}`, {
		headers: { 'User-Agent': 'OpenAPI' },
		rejectUnauthorized: false,
	});
	const texts: string[] = [];
	const closed = new Promise<number>((resolve) => socket.on('close', resolve));
	socket.on('message', (data) => texts.push(String(data)));
	const heard = async (count: number) => {
		while (texts.length < count) await once(socket, 'message');
		return texts;
	};
	await once(socket, 'open');
	if (topics !== undefined) {
		socket.send(JSON.stringify({ topic_list: topics }));
		await heard(1);
	}
	return { socket, texts, heard, closed };
}
