import type { CdrRow } from '../../simulators/yeastar/callRecord.mts';
import { dataRows, listen, loggedIn } from '../../simulators/yeastar/bareClient.mts';
import {
	startPbxSimulator,
	type PbxOptions,
	type PbxSimulator,
	type Scenario,
} from '../../simulators/yeastar/pbxSimulator.mts';

let pbx: PbxSimulator;

const start = async (options: PbxOptions = {}) => {
	pbx = await startPbxSimulator(options);
	return pbx;
};
afterEach(() => pbx.close());

const callTopics = [30008, 30011, 30012, 30013, 30014, 30015, 30016, 30019];

const summary = ({
	call_to_number,
	disposition,
	call_type,
	ring_duration,
	talk_duration,
}: CdrRow) =>
	[call_to_number, disposition, call_type, ring_duration ?? '-', talk_duration].join(' ');

describe('a placed call', () => {
	it('reaches the subscribed sockets, and is in the CDR in PBX local time', async () => {
		await start();
		const { accessToken, ask } = await loggedIn(pbx);
		const listener = await listen(pbx, accessToken, callTopics);
		const { callId, frames, rows } = await pbx.place({
			kind: 'inboundToExtension',
			startedAt: 1772435720,
			ringSeconds: 12,
			talkSeconds: 63,
			recorded: true,
		});

		const heard = await listener.heard(1 + frames.length);
		expect(heard.slice(1)).toEqual(frames.map((frame) => JSON.stringify(frame)));
		expect(pbx.frames).toBe(frames.length);
		expect(callId).toBe('1772435720.1');
		expect(frames.at(-1)).toMatchObject({ type: 30012, sn: pbx.serial });
		expect(JSON.parse(String(frames.at(-1)?.msg))).toMatchObject({
			call_id: callId,
			time_start: '2026-03-02 15:15:20',
			call_duration: 75,
			talk_duration: 63,
			status: 'ANSWERED',
			type: 'Inbound',
			recording: '20260302151532-1772435720.1-075526601234-1001-Inbound.wav',
		});
		expect(await ask('cdr/search?start_time=1772435720')).toMatchObject({
			total_number: 1,
			data: rows,
		});
		expect(rows[0]).toMatchObject({
			time: '03/02/2026 15:15:20',
			call_to: 'Amina Otieno<1001>',
			src_trunk: 'trunk-a',
			did_name: 'Main line',
		});
		expect(rows[0].uid).toMatch(/^20260302151520[0-9A-F]{5}$/);
	});

	it('ends now unless it says when it started', async () => {
		await start({ now: () => 1_772_435_720_000 });
		const { rows } = await pbx.place({
			kind: 'inboundToExtension',
			ringSeconds: 20,
			talkSeconds: 100,
		});
		expect(rows[0].timestamp).toBe(1772435600);
	});

	it('tells only what a socket has subscribed to', async () => {
		await start();
		const { accessToken } = await loggedIn(pbx);
		const listener = await listen(pbx, accessToken, [30012]);
		await pbx.place({ kind: 'inboundThroughQueue' });
		const heard = await listener.heard(12);
		expect(new Set(heard.slice(1).map((text) => JSON.parse(text).type))).toEqual(new Set([30012]));
		expect(pbx.sockets).toEqual([{ topics: [30012], userAgent: 'OpenAPI' }]);
	});

	it('can lose, repeat and shuffle frames in a reproducible way', async () => {
		await start();
		const scenario: Scenario = { kind: 'blindTransfer', startedAt: 1772435720 };
		const { frames } = await pbx.place(scenario, {
			repeat: 2,
			shuffle: 7,
			withhold: (frame) => frame.type === 30008,
		});
		const types = frames.map((frame) => frame.type);
		expect(types).not.toContain(30008);
		expect(types.filter((type) => type === 30012)).toHaveLength(4);
		const again = await pbx.place(scenario, {
			repeat: 2,
			shuffle: 7,
			withhold: (frame) => frame.type === 30008,
		});
		expect(again.frames.map((frame) => frame.type)).toEqual(types);
		const straight = await pbx.place(scenario, {
			repeat: 2,
			withhold: (frame) => frame.type === 30008,
		});
		expect(straight.frames.map((frame) => frame.type)).not.toEqual(types);
	});

	it('can happen while nobody is connected', async () => {
		await start();
		const { accessToken, ask } = await loggedIn(pbx);
		const listener = await listen(pbx, accessToken, callTopics);
		const { callId } = pbx.placeSilently({ kind: 'inboundLeavesIvr' });
		pbx.sendRaw('not a frame');
		expect((await listener.heard(2))[1]).toBe('not a frame');
		expect(dataRows(await ask('cdr/list?page_size=10'))).toMatchObject([{ call_id: callId }]);
	});

	it('takes the caller’s name from a company contact that ends in the same seven digits', async () => {
		await start();
		const { ask } = await loggedIn(pbx);
		await ask('company_contact/create', {
			first_name: 'Wei',
			last_name: 'Zhang',
			number_list: [{ num_type: 'mobile_number', number: '+86 755 2660 1234' }],
		});
		const { rows } = await pbx.place({ kind: 'inboundToExtension', from: '26601234' });
		expect(rows[0].call_from).toBe('Wei Zhang<26601234>');
	});
});

describe('the stages of a call', () => {
	const inbound = { ringSeconds: 10, talkSeconds: 60 };
	const cases: Array<[string, Scenario, string[]]> = [
		[
			'unanswered',
			{ kind: 'inboundToExtension', outcome: 'unanswered' },
			['1001 NO ANSWER Inbound 10 0'],
		],
		[
			'voicemail',
			{ kind: 'inboundToExtension', outcome: 'voicemail', messageSeconds: 16 },
			['1001 VOICEMAIL Inbound 10 16'],
		],
		['busy', { kind: 'inboundToExtension', outcome: 'busy' }, ['1001 BUSY Inbound 0 0']],
		[
			'IVR, then an extension',
			{ kind: 'inboundThroughIvr', menuSeconds: 8 },
			['6600 ANSWERED Inbound - 8', '1001 ANSWERED Inbound 10 60'],
		],
		['leaves the IVR', { kind: 'inboundLeavesIvr' }, ['6600 ANSWERED Inbound - 8']],
		[
			'IVR, then a queue that answers',
			{
				kind: 'inboundThroughQueue',
				ivr: '6600',
				queue: '6501',
				waitSeconds: 5,
				answeredBy: '1002',
			},
			[
				'6600 ANSWERED Inbound - 8',
				'6501 ANSWERED Inbound 15 60',
				'1001 NO ANSWER Inbound 10 0',
				'1002 ANSWERED Inbound 10 60',
				'1013 NO ANSWER Inbound 10 0',
			],
		],
		[
			'queue in which nobody answers',
			{ kind: 'inboundThroughQueue', agentCount: 2, outcome: 'unanswered' },
			['6500 NO ANSWER Inbound 10 0', '1003 NO ANSWER Inbound 10 0', '1004 NO ANSWER Inbound 10 0'],
		],
		[
			'leaves the queue before a telephone rings',
			{ kind: 'inboundThroughQueue', outcome: 'leftWaiting', waitSeconds: 25 },
			['6500 NO ANSWER Inbound 25 0'],
		],
		[
			'queue, then voicemail',
			{ kind: 'inboundThroughQueue', agentCount: 1, outcome: 'voicemail' },
			['6500 NO ANSWER Inbound 10 0', '1003 NO ANSWER Inbound 10 0', '1001 VOICEMAIL Inbound - 15'],
		],
		[
			'ring group',
			{ kind: 'inboundThroughRingGroup', answeredBy: '1001' },
			[
				'6200 ANSWERED Inbound 10 60',
				'1001 ANSWERED Inbound 10 60',
				'1002 NO ANSWER Inbound 10 0',
				'1013 NO ANSWER Inbound 10 0',
			],
		],
		[
			'blind transfer',
			{ kind: 'blindTransfer' },
			['1001 ANSWERED Inbound 10 60', '1002 ANSWERED Inbound 6 30'],
		],
		[
			'attended transfer',
			{ kind: 'attendedTransfer' },
			['1001 ANSWERED Inbound 10 76', '1002 ANSWERED Internal 6 10', '1002 ANSWERED Inbound 0 30'],
		],
		[
			'attended transfer that is taken back',
			{ kind: 'attendedTransfer', outcome: 'cancelled' },
			['1001 ANSWERED Inbound 10 106', '1002 ANSWERED Internal 6 10'],
		],
		[
			'transfer to the outside',
			{ kind: 'transferToExternal', to: '13900139000' },
			['1001 ANSWERED Inbound 10 60', '13900139000 ANSWERED Outbound 6 30'],
		],
		[
			'outbound unanswered',
			{ kind: 'outbound', to: '13900139000', outcome: 'unanswered' },
			['13900139000 NO ANSWER Outbound 10 0'],
		],
		[
			'outbound busy',
			{ kind: 'outbound', to: '13900139000', outcome: 'busy' },
			['13900139000 BUSY Outbound 0 0'],
		],
		[
			'outbound failed',
			{ kind: 'outbound', to: '13900139000', outcome: 'failed' },
			['13900139000 FAILED Outbound 0 0'],
		],
		['internal', { kind: 'internal' }, ['1002 ANSWERED Internal 10 60']],
		[
			'dialled through the API, the caller does not pick up',
			{ kind: 'apiDialled', outcome: 'callerUnanswered' },
			['1001 NO ANSWER Internal 10 0'],
		],
	];

	it.each(cases)('%s', async (_name, scenario, expected) => {
		await start();
		const { rows, frames } = await pbx.place({ ...inbound, ...scenario });
		expect(rows.map(summary)).toEqual(expected);
		expect(new Set(rows.map((row) => row.call_id)).size).toBe(1);
		expect(frames.filter((frame) => frame.type === 30012)).toHaveLength(rows.length);
		expect(livingChannels(frames)).toEqual([]);
	});

	function livingChannels(frames: Array<{ msg: unknown }>): string[] {
		const living = new Set<string>();
		for (const frame of frames) {
			const { members } = JSON.parse(String(frame.msg)) as { members?: object[] | null };
			for (const member of members ?? []) {
				const [leg] = Object.values(member) as Array<Record<string, string>>;
				if (leg.member_status === 'BYE') living.delete(leg.channel_id);
				else living.add(leg.channel_id);
			}
		}
		return [...living];
	}

	it('plays the live sequence of a call that the API dialled and that failed outward', async () => {
		await start();
		const { frames } = await pbx.place({ kind: 'apiDialled', outcome: 'failedOutward' });
		expect(frames.map((frame) => frame.type)).toEqual([
			30008, 30011, 30014, 30011, 30008, 30012, 30008, 30012, 30011, 30012,
		]);
	});

	it('opens a controlled call with an invitation and ends a surveyed one with its result', async () => {
		await start();
		const { frames } = await pbx.place({
			kind: 'inboundToExtension',
			anonymous: true,
			controlled: true,
			surveyResult: '4',
		});
		expect([frames[0].type, frames.at(-1)?.type]).toEqual([30016, 30019]);
		expect(String(frames[0].msg)).toContain('"from":"anonymous"');
	});

	it('words ids as the firmware does: one uid per leg, numeric ids, changed members alone', async () => {
		await start({ cdr: { uidPer: 'leg', rowId: 'id' }, members: 'changed', msgForm: 'object' });
		const { rows, frames } = await pbx.place({ kind: 'inboundThroughQueue', agentCount: 3 });
		expect(new Set(rows.map((row) => row.uid)).size).toBe(4);
		expect(rows[0]).toHaveProperty('id');
		expect(rows[0]).not.toHaveProperty('new_id');
		const ringing = frames.filter((frame) => frame.type === 30011)[1].msg;
		expect(Object(ringing).members).toHaveLength(3);
	});

	it('reports a stage when it is over, where the PBX is set so', async () => {
		await start({ reports: 'asStagesEnd' });
		const { frames } = await pbx.place({ kind: 'inboundThroughIvr' });
		expect(frames.map((frame) => frame.type)).toEqual([
			30011, 30008, 30012, 30011, 30008, 30011, 30012, 30011, 30008,
		]);
	});
});

describe('a call played in steps', () => {
	it('is live between the steps, and in the CDR afterwards', async () => {
		await start();
		const { ask } = await loggedIn(pbx);
		const call = pbx.begin({ kind: 'inboundThroughQueue', queue: '6501' });
		await call.ring();
		expect(dataRows(await ask('call/query?type=inbound'))).toMatchObject([
			{ call_id: call.callId, members: [{ inbound: {} }, {}, {}, { extension: {} }] },
		]);
		expect(await ask('queue/call_status?id=4')).toMatchObject({
			waiting_calls: 1,
			ringing_calls: 3,
			active_calls: 0,
		});
		await call.answer();
		expect(await ask('queue/call_status?id=4')).toMatchObject({
			waiting_calls: 0,
			active_list: [{ callee_number: '1013', callee_display_name: 'Mara Novak' }],
		});
		await call.hangUp();
		expect(await ask('call/query')).toMatchObject({ errcode: 60001 });
		expect(pbx.cdr).toEqual(call.rows);
		expect(await call.hangUp()).toEqual([]);
	});

	it('was not answered, or not transferred, if it ends before that', async () => {
		await start();
		const rung = pbx.begin({ kind: 'inboundThroughRingGroup' });
		await rung.ring();
		await rung.hangUp();
		expect(rung.rows.every((row) => row.disposition === 'NO ANSWER')).toBe(true);

		const talked = pbx.begin({ kind: 'blindTransfer' });
		await talked.answer();
		await talked.hangUp();
		expect(talked.rows.map(summary)).toEqual(['1001 ANSWERED Inbound 10 60']);
		await expect(pbx.begin({ kind: 'inboundLeavesIvr' }).answer()).rejects.toThrow('no step');
	});
});

describe('calls through the API', () => {
	it('dials, answers at once, and plays the call afterwards', async () => {
		await start();
		const { accessToken, ask } = await loggedIn(pbx);
		const listener = await listen(pbx, accessToken, [30012]);
		const answer = await ask('call/dial', { caller: '1003', callee: '13900139000' });
		expect(answer).toMatchObject({ errcode: 0, call_id: expect.stringMatching(/^\d+\.\d+$/) });
		const [, outward] = (await listener.heard(3)).map((text) => JSON.parse(text));
		expect(JSON.parse(outward.msg)).toMatchObject({ call_id: answer.call_id, type: 'Outbound' });
	});

	it('hangs a live call up by one of its channels', async () => {
		await start();
		pbx.dialPlan.staysLive = true;
		const { accessToken, ask } = await loggedIn(pbx);
		const listener = await listen(pbx, accessToken, callTopics);
		await ask('call/dial', { caller: '1003', callee: '1004', auto_answer: 'yes' });
		await listener.heard(8);
		const [{ members }] = dataRows(await ask('call/query?type=internal')) as unknown as [
			{ members: Array<{ extension: { channel_id: string } }> },
		];
		const { channel_id } = members[0].extension;
		expect(await ask('call/hold', { channel_id })).toMatchObject({ errcode: 0 });
		expect(await ask('call/hangup', { channel_id })).toMatchObject({ errcode: 0 });
		expect(await ask('call/hangup', { channel_id })).toMatchObject({ errcode: 60001 });
		expect(pbx.liveCalls).toEqual([]);
		expect(pbx.cdr.map((row) => row.disposition)).toEqual(['ANSWERED', 'ANSWERED']);
	});

	it('accepts a call without permission, and reports the failure by event', async () => {
		await start();
		const { accessToken, ask } = await loggedIn(pbx);
		const listener = await listen(pbx, accessToken, [30015]);
		await ask('call/dial', { caller: '13800138000', callee: '13900139000' });
		const frame = JSON.parse((await listener.heard(2))[1]);
		expect(JSON.parse(frame.msg)).toMatchObject({ reason: 'NO Dial Permission', members: null });
	});

	it.each([
		['a call_id instead of a channel', 'call/hangup', { call_id: '1772435720.1' }],
		['an unknown field', 'call/dial', { caller: '1001', callee: '1002', to: '1003' }],
		['a number as number', 'call/dial', { caller: 1001, callee: '1002' }],
		['no channel', 'call/hangup', {}],
	])('refuses %s', async (_name, path, body) => {
		await start();
		const { ask } = await loggedIn(pbx);
		expect(await ask(path, body)).toMatchObject({ errcode: 40002 });
	});
});
