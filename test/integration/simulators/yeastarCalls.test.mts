import { once } from 'node:events';
import { WebSocket } from 'ws';
import { startPbxSimulator, type PbxSimulator } from '../../simulators/yeastar/pbxSimulator.mts';

let pbx: PbxSimulator;

beforeEach(async () => {
	pbx = await startPbxSimulator();
});
afterEach(() => pbx.close());

interface Answer extends Record<string, unknown> {
	errcode: number;
}

async function ask(path: string, body?: unknown): Promise<Answer> {
	const response = await fetch(`${pbx.baseUrl}/openapi/v1.0/${path}`, {
		method: body === undefined ? 'GET' : 'POST',
		headers: { 'User-Agent': 'OpenAPI', 'Content-Type': 'application/json' },
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	return (await response.json()) as Answer;
}

async function token(): Promise<string> {
	const answer = await ask('get_token', { username: pbx.clientId, password: pbx.clientSecret });
	return answer.access_token as string;
}

async function subscriber(topics: number[]) {
	const socket = new WebSocket(
		`${pbx.baseUrl.replace('http', 'ws')}/openapi/v1.0/subscribe?access_token=${await token()}`,
		{ headers: { 'User-Agent': 'OpenAPI' } },
	);
	const texts: string[] = [];
	socket.on('message', (data) => texts.push(String(data)));
	await once(socket, 'open');
	socket.send(JSON.stringify({ topic_list: topics }));
	await once(socket, 'message');
	return { socket, texts };
}

async function received(texts: string[], count: number): Promise<Array<Record<string, never>>> {
	while (texts.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
	return texts.map((text) => JSON.parse(text));
}

it('delivers the frames of an answered call and writes its CDR row in PBX local time', async () => {
	const { texts } = await subscriber([30008, 30011, 30012]);
	const { callId, frames, rows } = await pbx.place({
		kind: 'inboundToExtension',
		startedAt: 1772435720,
		ringSeconds: 12,
		talkSeconds: 63,
		recorded: true,
	});
	const got = await received(texts, frames.length + 1);
	expect(got.slice(1).map((frame) => frame.type)).toEqual(frames.map((frame) => frame.type));
	expect(callId).toBe('1772435720.1');
	expect(rows[0]).toMatchObject({
		time: '03/02/2026 15:15:20',
		timestamp: 1772435720,
		duration: 75,
		record_file: '20260302151532-1772435720.1-075526601234-1001-Inbound.wav',
	});
	const search = await ask(
		`cdr/search?start_time=1772435720&end_time=1772435720&access_token=${await token()}`,
	);
	expect(search).toMatchObject({ errcode: 0, total_number: 1, data: rows });
});

it('rings ten agents of the queue and writes a row for each', async () => {
	const { rows, frames } = await pbx.place({ kind: 'inboundThroughQueue' });
	expect(rows.map((row) => row.call_to_number)).toEqual([
		'6500',
		...Array.from({ length: 10 }, (_, index) => String(1003 + index)),
	]);
	expect(frames.filter((frame) => frame.type === 30012)).toHaveLength(11);
	expect(await ask(`extension/list?access_token=${await token()}`)).toMatchObject({
		errcode: 0,
		total_number: 14,
	});
});
