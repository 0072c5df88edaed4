import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	startWeComSimulator,
	type WeComSimulator,
} from '../../simulators/wecom/weComSimulator.mts';
import { amr, mp3, mp4, png, text as textFile } from '../../unit/wecom-node/someFiles.mts';
import { resultOf, sentTo, type Files, type Run } from './weComNode.mts';

const MB = 1024 * 1024;
const HOUR = 3_600_000;

let wecom: WeComSimulator;
let aheadMs = 0;
let openKfId: string;
let externalUserId: string;

beforeEach(async () => {
	aheadMs = 0;
	wecom = await startWeComSimulator({ now: () => Date.now() + aheadMs });
	openKfId = wecom.addAccount({ name: 'Support' });
	externalUserId = wecom.addCustomer({ nickname: 'Li Lei' });
	await wecom.customerWrites(openKfId, externalUserId, { text: 'Hello' });
});
afterEach(async () => await wecom.close());

interface Answer {
	status: string;
	reason: string | null;
	advice: string | null;
	canBeSentLater: boolean;
	messageIds: string[];
	messagesLeft: number;
	windowEndsAt: string | null;
}

async function reply(
	parameters: INodeParameters,
	{ files, json, ...setup }: Partial<Run> = {},
): Promise<Answer> {
	const item = await resultOf(wecom, {
		...setup,
		parameters: { resource: 'message', operation: 'reply', ...parameters },
		json: { openKfId, externalUserId, ticketId: '7', ...json },
		files,
	});
	expect(item).toMatchObject({ ticketId: '7', openKfId });
	return item.reply as unknown as Answer;
}

const sent = () => sentTo(wecom, openKfId, externalUserId);
const uploads = () => wecom.requests.filter(({ path }) => path.endsWith('media/upload'));

it('knows that nothing is left when WeCom says so, whatever the conversation says', async () => {
	wecom.faults.answers.push({ kind: 'errcode', errcode: 95001, path: 'kf/send_msg', times: 1 });
	expect(await reply({ text: 'Hello', messagesLeft: '3' })).toMatchObject({
		status: 'notSent',
		canBeSentLater: true,
		messagesLeft: 0,
	});
});

it('sends text and files in order, each file as what it is, byte by byte', async () => {
	const files: Files = {
		data: { name: 'photo.png', bytes: png(2_000) },
		data1: {
			name: '价目表.pdf',
			bytes: Buffer.from('%PDF-1.7 prices'),
			mimeType: 'application/pdf',
		},
		data2: { name: 'voice.amr', bytes: amr(2) },
		data3: { name: 'film.mp4', bytes: mp4(3_000) },
	};
	const answer = await reply(
		{
			text: '<p>Dear <b>Li Lei</b>,</p><p>see <a href="https://a.example/1">here</a></p>',
			textFormat: 'html',
		},
		{ files, json: { lastCustomerMessageAt: new Date().toISOString(), messagesLeft: 5 } },
	);
	expect(answer).toMatchObject({ status: 'sent', reason: null, advice: null, messagesLeft: 0 });
	expect(answer.messageIds).toEqual(sent().map(({ msgid }) => msgid));
	expect(sent().map(({ type }) => type)).toEqual(['text', 'image', 'file', 'voice', 'video']);
	expect(sent()[0].text).toBe('Dear Li Lei,\n\nsee here (https://a.example/1)');
	const received = sent()
		.slice(1)
		.map(({ file }) => file);
	expect(received.map((file) => file?.bytes.toString('base64'))).toEqual(
		Object.values(files).map(({ bytes }) => bytes.toString('base64')),
	);
	expect(received[1]?.name).toBe('价目表.pdf');
});

it('cuts a long text as few times as possible', async () => {
	const text = '你好，世界。'.repeat(200);
	const answer = await reply({ text });
	expect(answer).toMatchObject({ status: 'sent', messagesLeft: 3 });
	expect(
		sent()
			.map((message) => message.text)
			.join(''),
	).toBe(text);
});

it('tells when the window ends', async () => {
	const { windowEndsAt } = await reply({
		text: 'Hello',
		lastCustomerMessageAt: new Date(Date.now() - HOUR).toISOString(),
	});
	expect(Date.parse(windowEndsAt ?? '')).toBeLessThanOrEqual(Date.now() + 47 * HOUR);
});

describe('nothing of it is sent', () => {
	const twoHoursAgo = () => new Date(Date.now() - 2 * HOUR).toISOString();

	it.each<[string, IDataObject, boolean, string[]]>([
		['the sixth', { messagesLeft: 0 }, true, ['none is left', 'customer writes']],
		[
			'two for one',
			{ messagesLeft: 1, text: 'x'.repeat(3_000) },
			true,
			['2 messages', '1 is left'],
		],
		['more than five', { text: 'x'.repeat(11_000) }, false, ['6 messages', 'Shorten']],
		[
			'after 48 hours',
			{ lastCustomerMessageAt: new Date(Date.now() - 49 * HOUR).toISOString() },
			true,
			['48 hours', 'Call'],
		],
		['empty', { text: ' ' }, false, ['empty']],
	])('%s', async (_name, parameters, later, words) => {
		const { text = 'Hello', ...json } = parameters;
		const answer = await reply(
			{ text: String(text) },
			{ json: { lastCustomerMessageAt: twoHoursAgo(), messagesLeft: 5, ...json } },
		);
		expect(answer).toMatchObject({ status: 'notSent', canBeSentLater: later, messageIds: [] });
		const said = `${answer.reason} ${answer.advice}`;
		expect(words.filter((word) => !said.includes(word))).toEqual([]);
		expect(wecom.requests.filter(({ path }) => path.includes('send_msg'))).toEqual([]);
	});

	it.each<[string, Files[string], string[]]>([
		['a false picture', { name: 'photo.png', bytes: textFile() }, ['photo.png', 'picture']],
		[
			'a false picture by its type',
			{ name: 'photo', bytes: textFile(), mimeType: 'image/jpeg' },
			['photo', 'picture'],
		],
		[
			'a picture that is too large',
			{ name: 'photo.png', bytes: png(10 * MB + 1) },
			['10.1 MB', '10 MB', 'as a file'],
		],
		[
			'a film that is too large',
			{ name: 'film.mp4', bytes: mp4(10 * MB + 1) },
			['10.1 MB', '10 MB', 'as a file'],
		],
		[
			'a file that is too large',
			{ name: 'a.zip', bytes: textFile(20 * MB + 1) },
			['a.zip', '20.1 MB', '20 MB'],
		],
		['a file that is too small', { name: 'a.txt', bytes: textFile(5) }, ['a.txt', '5 bytes']],
		['an empty file', { name: 'a.txt', bytes: Buffer.alloc(0) }, ['a.txt', '0 bytes']],
		[
			'a voice over 60 seconds',
			{ name: 'voice.amr', bytes: amr(61) },
			['voice.amr', '61 seconds', '60 seconds'],
		],
	])('%s beside good text and a good file', async (_name, file, words) => {
		const files = { good: { name: 'song.mp3', bytes: mp3() }, bad: file };
		const answer = await reply({ text: 'Hello' }, { files });
		expect(answer).toMatchObject({ status: 'notSent', canBeSentLater: false, messagesLeft: 5 });
		const said = `${answer.reason} ${answer.advice}`;
		expect(words.filter((word) => !said.includes(word))).toEqual([]);
		expect([...sent(), ...uploads()]).toEqual([]);
	});
});

it('leaves files out if they are not wanted', async () => {
	const files = { data: { name: 'photo.png', bytes: textFile() } };
	expect(await reply({ text: 'Hello', includeFiles: false }, { files })).toMatchObject({
		status: 'sent',
	});
	expect(sent()).toHaveLength(1);
});

describe('WeCom decides', () => {
	it('after five messages', async () => {
		for (const text of ['1', '2', '3', '4', '5']) await reply({ text });
		expect(await reply({ text: '6' })).toMatchObject({
			status: 'notSent',
			canBeSentLater: true,
			reason: expect.stringMatching(/five/i) as unknown,
		});
		await wecom.customerWrites(openKfId, externalUserId, { text: 'Still there?' });
		expect(await reply({ text: '6' })).toMatchObject({ status: 'sent' });
	});

	it('after 48 hours', async () => {
		aheadMs = 49 * HOUR;
		const answer = await reply({ text: 'Hello' });
		expect(answer).toMatchObject({ status: 'notSent', canBeSentLater: true });
		expect(answer.advice).not.toBe('');
	});

	it('in the middle of a reply', async () => {
		for (const text of ['1', '2', '3', '4']) await reply({ text });
		const answer = await reply({ text: 'x'.repeat(3_000) });
		expect(answer).toMatchObject({ status: 'partlySent', canBeSentLater: false });
		expect(answer.messageIds).toHaveLength(1);
		expect(answer.reason).toContain('1 of 2');
	});

	it('by the content', async () => {
		wecom.faults.bannedWords = ['password'];
		const answer = await reply({ text: 'Tell us your password' });
		expect(answer).toMatchObject({ status: 'notSent', canBeSentLater: false });
		expect(answer.reason).not.toBe('');
		wecom.faults.bannedWords = [];
		expect(await reply({ text: 'Good morning' })).toMatchObject({ status: 'sent' });
	});

	it('while the conversation waits for a servicer', async () => {
		await resultOf(wecom, {
			parameters: { resource: 'session', operation: 'transfer', to: 'pool' },
			json: { openKfId, externalUserId },
		});
		expect(await reply({ text: 'Hello' })).toMatchObject({
			status: 'notSent',
			canBeSentLater: false,
		});
	});

	it('while a servicer has the conversation', async () => {
		wecom.addServicer('WangFang');
		await resultOf(wecom, {
			parameters: {
				resource: 'session',
				operation: 'transfer',
				to: 'servicer',
				servicerUserId: 'WangFang',
			},
			json: { openKfId, externalUserId },
		});
		const answer = await reply({ text: 'Hello' });
		expect(answer).toMatchObject({ status: 'notSent', canBeSentLater: false });
		expect(answer.reason).toContain('WangFang');
	});
});

describe('nothing is sent twice', () => {
	it('by another try of the same execution', async () => {
		const files = { data: { name: 'photo.png', bytes: png() } };
		const first = await reply({ text: 'Hello' }, { files, executionId: '12' });
		const second = await reply({ text: 'Hello' }, { files, executionId: '12' });
		expect(second).toEqual(first);
		expect(sent()).toHaveLength(2);
	});

	it('by another execution with the same message ID', async () => {
		const options = { messageId: 'comment-431000000006907011' };
		await reply({ text: 'Hello', options });
		expect(await reply({ text: 'Hello', options })).toMatchObject({
			status: 'sent',
			messageIds: ['comment-431000000006907011-1'],
		});
		expect(sent()).toHaveLength(1);
	});
});

it.each([
	['a message ID that WeCom would not take', { options: { messageId: 'é' } }, /ID of a message/],
	['a time that is none', { lastCustomerMessageAt: 'yesterday' }, /Last Customer Message At/],
	['a number that is none', { messagesLeft: 'many' }, /Messages Left/],
])('%s is an error', async (_name, parameters, message) => {
	await expect(reply({ text: 'Hello', ...parameters })).rejects.toThrow(message);
});

it('what is no matter of the agent is an error', async () => {
	wecom.faults.untrustedIp = true;
	await expect(reply({ text: 'Hello' })).rejects.toThrow(/IP|address/);
});
