import type { IDataObject } from 'n8n-workflow';
import {
	startPbxSimulator,
	type PbxOptions,
	type PbxSimulator,
	type Scenario,
} from '../../simulators/yeastar/pbxSimulator.mts';
import type { Call } from '../../../nodes/call/Call';
import {
	downloadMessage,
	findMessageOfCall,
} from '../../../nodes/Yeastar/actions/voicemail/downloadMessage';
import { readMessages } from '../../../nodes/Yeastar/actions/voicemail/readMessages';
import { clientOf, rowsOf, runYeastar, timesAsked } from './yeastarNode.mts';

const pbxs: PbxSimulator[] = [];

async function start(options: PbxOptions = {}): Promise<PbxSimulator> {
	const pbx = await startPbxSimulator(options);
	pbxs.push(pbx);
	return pbx;
}

afterEach(async () => {
	await Promise.all(pbxs.splice(0).map(async (pbx) => await pbx.close()));
});

const CALLER = '075526601234';
const NINE = Date.UTC(2026, 2, 2, 1) / 1_000; // 09:00 in Shanghai
const MINUTE = 60;

/** A call that rings for ten seconds and leaves a message of ten seconds. */
const toVoicemail = (startedAt: number, more: Partial<Scenario> = {}) =>
	({
		kind: 'inboundToExtension',
		outcome: 'voicemail',
		from: CALLER,
		ringSeconds: 10,
		messageSeconds: 10,
		startedAt,
		...more,
	}) as Scenario;

/** The calls of the PBX as the trigger gives them, by their id. */
async function callsOf(pbx: PbxSimulator): Promise<Record<string, Call & IDataObject>> {
	const calls = await rowsOf(
		runYeastar(pbx, {
			resource: 'callRecord',
			operation: 'getCalls',
			startedAfter: '2020-01-01T00:00:00Z',
			startedBefore: '2030-01-01T00:00:00Z',
			country: 'CN',
			returnAll: true,
			options: { directions: ['inbound', 'outbound', 'internal'] },
		}),
	);
	return Object.fromEntries(
		calls.map((call) => [call.callId, call as unknown as Call & IDataObject]),
	);
}

const list = (pbx: PbxSimulator, more: object = {}) =>
	rowsOf(
		runYeastar(pbx, {
			resource: 'voicemail',
			operation: 'getMany',
			mailboxes: '1001',
			returnAll: true,
			...more,
		}),
	);

const download = (pbx: PbxSimulator, items: IDataObject[], more: object = {}) =>
	runYeastar(
		pbx,
		{
			resource: 'voicemail',
			operation: 'download',
			options: { patienceSeconds: 0 },
			...more,
		},
		{ items },
	);

/** The ID of the message that the call left. */
const messageAt = (pbx: PbxSimulator, startedAt: number) =>
	pbx.voicemails.find((message) => message.startedAt === startedAt + 10)?.id;

describe('voicemail messages', () => {
	it('are listed of several mailboxes, the newest first', async () => {
		const pbx = await start({ rowsPerPageAtMost: 2 });
		for (const [index, extension] of ['1001', '1002', '1001', '1001'].entries()) {
			pbx.placeSilently(toVoicemail(NINE + index * MINUTE, { extension, callerName: 'Wang Fang' }));
		}
		pbx.placeSilently({
			kind: 'inboundThroughQueue',
			outcome: 'voicemail',
			mailbox: '6100',
			from: CALLER,
			messageSeconds: 15,
			startedAt: NINE + 10 * MINUTE,
		});
		pbx.voicemails[0].readBy.push('1001');

		const messages = await list(pbx, { mailboxes: '1001, 6100，1002; 1001' });
		expect(messages.map(({ mailbox }) => mailbox)).toEqual([
			'6100',
			'1001',
			'1001',
			'1002',
			'1001',
		]);
		expect(messages.map(({ isRead }) => isRead)).toEqual([false, false, false, false, true]);
		expect(messages[4]).toEqual({
			messageId: pbx.voicemails[0].id,
			mailbox: '1001',
			from: CALLER,
			fromName: 'Wang Fang',
			time: '2026-03-02T01:00:10Z',
			pbxTime: '03/02/2026 09:00:10',
			durationSeconds: 10,
			sizeBytes: 16_044,
			isRead: true,
		});
		expect(messages[0].fromName).toBeNull();
		expect(await list(pbx, { returnAll: false, limit: 2 })).toEqual([messages[1], messages[2]]);
		expect(await list(pbx, { mailboxes: '1003' })).toEqual([]);
	});

	it('are listed since a time', async () => {
		const pbx = await start();
		for (const index of [0, 1, 2]) pbx.placeSilently(toVoicemail(NINE + index * MINUTE));
		const filters = { leftAfter: '2026-03-02T09:01:10.400+08:00' };
		const times = (await list(pbx, { filters })).map(({ time }) => time);
		expect(times).toEqual(['2026-03-02T01:02:10Z', '2026-03-02T01:01:10Z']);
		await expect(list(pbx, { filters: { leftAfter: 'lately' } })).rejects.toThrow(
			'Left After is not a date and time',
		);
	});

	it('of a mailbox that the PBX does not have are an error', async () => {
		const pbx = await start({
			groupVoicemails: [
				{ number: '6101', name: 'Sales', mode: 'broadcast', members: ['1001', '1002'] },
			],
		});
		await expect(list(pbx, { mailboxes: '9999' })).rejects.toMatchObject({
			message: 'The PBX has no voicemail box 9999',
			description: expect.stringContaining('Shared by Members') as string,
		});
		await expect(list(pbx, { mailboxes: '6101' })).rejects.toThrow('no voicemail box 6101');
		await expect(list(pbx, { mailboxes: '1001,x' })).rejects.toThrow('1001, x');
		await expect(list(pbx, { mailboxes: ' , ' })).rejects.toThrow('Mailboxes is empty [Item 0]');
	});

	const displayFormats = ['MDY24', 'DMY24', 'YMD24', 'MDY12', 'DMY12', 'YMD12'] as const;
	const zones = ['Asia/Shanghai', 'America/New_York', 'Asia/Kolkata', 'UTC'];
	it.each(displayFormats.flatMap((format) => zones.map((zone) => [format, zone] as const)))(
		'have their times told whatever the PBX shows (%s, %s)',
		async (displayFormat, timeZone) => {
			const pbx = await start({ displayFormat, timeZone });
			// New York puts its clocks forward between the two.
			const moments = [NINE, Date.UTC(2026, 3, 5, 20, 59, 30) / 1_000];
			for (const startedAt of moments) pbx.placeSilently(toVoicemail(startedAt));
			const expected = ['2026-04-05T20:59:40Z', '2026-03-02T01:00:10Z'];
			expect((await list(pbx)).map(({ time }) => time)).toEqual(expected);

			// Without the right to read call records.
			pbx.faults.answers = [{ kind: 'errcode', path: 'cdr/list', errcode: 80010 }];
			expect((await list(pbx)).map(({ time }) => time)).toEqual(expected);

			// A firmware whose message IDs say nothing: the call records alone tell the newest.
			pbx.faults.answers = [];
			for (const [index, message] of pbx.voicemails.entries()) message.id = `m${index}`;
			expect((await list(pbx))[0].time).toBe(expected[0]);
		},
	);

	it('keep the time of the PBX where nothing tells what it means', async () => {
		const pbx = await start();
		pbx.placeSilently(toVoicemail(NINE));
		pbx.voicemails[0].id = 'm0';
		pbx.cdr.splice(0);
		expect(await list(pbx)).toMatchObject([{ time: null, pbxTime: '03/02/2026 09:00:10' }]);
		await expect(
			list(pbx, { filters: { leftAfter: '2026-03-02T00:00:00Z' } }),
		).rejects.toMatchObject({
			message:
				'The PBX tells the time of voicemail message m0 in an unknown form: 03/02/2026 09:00:10',
		});
	});
});

describe('the voicemail of a call', () => {
	it('is put beside the item as a file', async () => {
		const pbx = await start();
		const { callId } = pbx.placeSilently(toVoicemail(NINE));
		const call = (await callsOf(pbx))[callId];
		expect(call.result).toBe('voicemail');
		const [{ json, binary }] = (
			await download(pbx, [{ ...call, ticket: { id: '7' } }], { binaryPropertyName: 'sound' })
		).items;
		const { voicemail, ...rest } = json;
		expect(rest).toEqual({ ...call, ticket: { id: '7' } });
		expect(voicemail).toEqual({
			messageId: messageAt(pbx, NINE),
			mailbox: '1001',
			from: CALLER,
			fromName: null,
			time: '2026-03-02T01:00:10Z',
			pbxTime: '03/02/2026 09:00:10',
			durationSeconds: 10,
			sizeBytes: 16_044,
			isRead: false,
			file: expect.stringMatching(/^voicemail-\d+-\d+\.wav$/) as string,
			mimeType: 'audio/wav',
		});
		const bytes = Buffer.from(binary?.sound.data ?? '', 'base64');
		expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
		expect(bytes).toHaveLength(16_044);
		expect(binary?.sound).toMatchObject({
			mimeType: 'audio/wav',
			fileName: (voicemail as IDataObject).file,
		});
		expect(pbx.voicemails[0].readBy).toEqual([]);
	});

	it('is the one of this call among several of the same caller, however the number is written', async () => {
		const pbx = await start({ displayFormat: 'DMY12', timeZone: 'Asia/Kolkata' });
		const starts = [0, 1, 2, 90].map((minutes) => NINE + minutes * MINUTE);
		const ids = starts.map((startedAt) => pbx.placeSilently(toVoicemail(startedAt)).callId);
		// Somebody else, in the middle of the second call.
		pbx.placeSilently(toVoicemail(starts[1] - 1, { from: '02085551234' }));
		for (const message of pbx.voicemails.slice(0, 4)) message.from = '+86 755 2660 1234';
		const calls = await callsOf(pbx);
		const items = await rowsOf(
			download(
				pbx,
				ids.map((id) => calls[id]),
			),
		);
		expect(items.map(({ voicemail }) => (voicemail as IDataObject).messageId)).toEqual(
			starts.map((startedAt) => messageAt(pbx, startedAt)),
		);
	});

	it('is never the message of somebody else, of another call or of another mailbox', async () => {
		const pbx = await start();
		const { callId } = pbx.placeSilently(toVoicemail(NINE));
		pbx.voicemails.splice(0);
		const others = [
			toVoicemail(NINE + 1, { from: '02085551234' }),
			toVoicemail(NINE + 1, { from: undefined, anonymous: true }),
			toVoicemail(NINE + 2, { extension: '1002' }),
			toVoicemail(NINE - 10 * MINUTE),
			toVoicemail(NINE + 10 * MINUTE),
		];
		for (const other of others) pbx.placeSilently(other);
		expect(pbx.voicemails).toHaveLength(5);
		const call = (await callsOf(pbx))[callId];
		expect(await rowsOf(download(pbx, [call]))).toEqual([
			{
				...call,
				voicemail: null,
				voicemailSkipped:
					'Voicemail box 1001 has no message of this call (yet): the caller may have left none.',
			},
		]);
		expect(timesAsked(pbx, 'vm/download')).toBe(0);
	});

	it.each<[string, Scenario, string]>([
		['of a hidden number', toVoicemail(NINE, { from: undefined, anonymous: true }), '1001'],
		[
			'in a group voicemail behind a queue',
			{
				kind: 'inboundThroughQueue',
				agentCount: 2,
				outcome: 'voicemail',
				mailbox: '6100',
				from: CALLER,
				startedAt: NINE,
			},
			'6100',
		],
		[
			'behind a menu',
			{
				kind: 'inboundThroughIvr',
				outcome: 'voicemail',
				extension: '1005',
				from: CALLER,
				startedAt: NINE,
			},
			'1005',
		],
	])('is found %s', async (_words, scenario, mailbox) => {
		const pbx = await start();
		const { callId } = pbx.placeSilently(scenario);
		const [{ voicemail }] = await rowsOf(download(pbx, [(await callsOf(pbx))[callId]]));
		expect(voicemail).toMatchObject({ mailbox, messageId: pbx.voicemails[0].id });
	});

	it('is not looked for where there can be none; the item goes on', async () => {
		const pbx = await start();
		const { callId } = pbx.placeSilently({ kind: 'inboundToExtension', startedAt: NINE });
		const call = (await callsOf(pbx))[callId];
		const items = [
			call,
			{ ...call, result: null },
			{ ...call, result: 'voicemail', journey: [], agent: null },
		] as IDataObject[];
		const answers = await rowsOf(download(pbx, items));
		expect(answers.map(({ voicemail }) => voicemail)).toEqual([null, null, null]);
		expect(answers.map(({ voicemailSkipped }) => voicemailSkipped)).toEqual([
			'The call did not end in voicemail; its result is "answered".',
			'The call is still running; its voicemail can be had when it is over.',
			'The call does not tell which voicemail box it was put through to.',
		]);
		expect(timesAsked(pbx, 'vm/query')).toBe(0);
		await expect(download(pbx, [{ callId }])).rejects.toThrow('The item holds no call');
	});

	it('is in the mailbox of the agent where the journey tells of none', async () => {
		const pbx = await start();
		const { callId } = pbx.placeSilently(toVoicemail(NINE, { extension: '1004' }));
		const call = { ...(await callsOf(pbx))[callId], journey: [] };
		const [{ voicemail }] = await rowsOf(download(pbx, [call]));
		expect(voicemail).toMatchObject({ mailbox: '1004' });
	});

	it('of a mailbox that the PBX does not have is skipped with its reason', async () => {
		const pbx = await start({
			groupVoicemails: [
				{ number: '6101', name: 'Sales', mode: 'broadcast', members: ['1001', '1002'] },
			],
		});
		const { callId } = pbx.placeSilently({
			kind: 'inboundThroughQueue',
			outcome: 'voicemail',
			mailbox: '6101',
			startedAt: NINE,
		});
		expect(pbx.voicemails.map(({ mailbox }) => mailbox)).toEqual(['1001', '1002']);
		const [answer] = await rowsOf(download(pbx, [(await callsOf(pbx))[callId]]));
		expect(answer.voicemail).toBeNull();
		expect(answer.voicemailSkipped).toMatch(/^The PBX has no voicemail box 6101\. .*Shared by/);
	});

	it('is waited for while the PBX writes it', async () => {
		let now = NINE * 1_000 + 20_000;
		const pbx = await start({ now: () => now, recordingDelayMs: 8_000 });
		const { callId } = pbx.placeSilently(toVoicemail(NINE));
		const call = (await callsOf(pbx))[callId];
		const clock = {
			now: () => now,
			random: () => 0,
			sleep: async (milliseconds: number) => {
				now += milliseconds;
				await Promise.resolve();
			},
		};
		expect(await findMessageOfCall(clientOf(pbx, clock), call, 4_000, clock)).toEqual({
			skipped: expect.stringContaining('no message of this call (yet)') as string,
		});
		const found = await findMessageOfCall(clientOf(pbx, clock), call, 15_000, clock);
		expect(found).toMatchObject({ messageId: messageAt(pbx, NINE) });
		expect(now).toBe(NINE * 1_000 + 30_000);
	});

	it('is found although the caller has a short number of the same PBX', async () => {
		const pbx = await start();
		const { callId } = pbx.placeSilently(toVoicemail(NINE));
		const call = (await callsOf(pbx))[callId];
		const [message] = pbx.voicemails;
		message.from = '1007';
		const internal = {
			...call,
			direction: 'internal' as const,
			customer: { number: '1001', e164: null, name: null },
			agent: { extension: '1007', name: null, email: null },
		};
		const clock = { now: Date.now, random: () => 0, sleep: async () => await Promise.resolve() };
		expect(await findMessageOfCall(clientOf(pbx), internal, 0, clock)).toMatchObject({
			messageId: message.id,
		});
	});
});

describe('a voicemail message by its ID', () => {
	const byId = { messageOf: 'id' };

	it('is fetched for the items that Get Many gives', async () => {
		const pbx = await start();
		pbx.placeSilently(toVoicemail(NINE));
		const [message] = await list(pbx);
		const [{ json, binary }] = (await download(pbx, [message], byId)).items;
		expect(json).toEqual({
			...message,
			voicemail: {
				messageId: message.messageId,
				file: binary?.data.fileName,
				mimeType: 'audio/wav',
				sizeBytes: 16_044,
			},
		});
		const [skipped] = await rowsOf(download(pbx, [{}], { ...byId, messageId: '={{ " " }}' }));
		expect(skipped).toEqual({ voicemail: null, voicemailSkipped: 'There is no message ID.' });
	});

	it.each(['1713033769-00000619', '../recording/download?file=x', '1&access_token=x', "'; --"])(
		'is told by name where the PBX does not have it: %s',
		async (messageId) => {
			const pbx = await start();
			pbx.placeSilently(toVoicemail(NINE));
			await expect(download(pbx, [{ messageId }], byId)).rejects.toMatchObject({
				message: `The PBX has no voicemail message ${messageId}, also not after 0 seconds`,
			});
			const asked = pbx.requests.filter(({ path }) => path !== 'get_token');
			expect(asked.map(({ path, query }) => ({ path, query }))).toEqual([
				{ path: 'vm/download', query: { msg_id: messageId } },
			]);
		},
	);

	it('is fetched again when the connection breaks, and lost when the file is', async () => {
		const pbx = await start();
		pbx.placeSilently(toVoicemail(NINE));
		const [{ id }] = pbx.voicemails;
		pbx.faults.answers = [{ kind: 'drop', path: '/api/download/', times: 1 }];
		const [{ binary }] = (await download(pbx, [{ messageId: id }], byId)).items;
		expect(Buffer.from(binary?.data.data ?? '', 'base64')).toHaveLength(16_044);

		pbx.faults.answers = [{ kind: 'errcode', path: '/api/download/', errcode: 60001 }];
		await expect(download(pbx, [{ messageId: id }], byId)).rejects.toThrow(
			`The PBX has no voicemail message ${id}`,
		);
		const { callId } = pbx.placeSilently(toVoicemail(NINE + 10 * MINUTE));
		await expect(download(pbx, [(await callsOf(pbx))[callId]])).rejects.toThrow(
			`The PBX has no voicemail message ${messageAt(pbx, NINE + 10 * MINUTE)}`,
		);
	});

	it('waits for the file and gives up by name', async () => {
		let now = NINE * 1_000;
		const pbx = await start({ now: () => now });
		const clock = {
			now: () => now,
			random: () => 0,
			sleep: async (milliseconds: number) => {
				now += milliseconds;
				await Promise.resolve();
			},
		};
		await expect(downloadMessage(clientOf(pbx, clock), 'm1', 10_000, clock)).rejects.toMatchObject({
			kind: 'notFound',
			message: 'The PBX has no voicemail message m1, also not after 10 seconds',
		});
		expect(timesAsked(pbx, 'vm/download')).toBe(3);
	});
});

it('reads nothing more of an empty mailbox than that', async () => {
	const pbx = await start();
	expect(await readMessages(clientOf(pbx), ['1001'])).toEqual([]);
	expect(timesAsked(pbx, 'cdr/list')).toBe(0);
});
