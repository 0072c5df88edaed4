import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { until } from '../../e2e/stack/until.mts';
import {
	startPbxSimulator,
	type PbxOptions,
	type PbxSimulator,
} from '../../simulators/yeastar/pbxSimulator.mts';
import { downloadRecording } from '../../../nodes/Yeastar/actions/recording/downloadRecording';
import { searchCallRecords } from '../../../nodes/Yeastar/callRecords';
import { clientOf, fromList, rowsOf, runYeastar, timesAsked } from './yeastarNode.mts';

const pbxs: PbxSimulator[] = [];

async function start(options: PbxOptions = {}): Promise<PbxSimulator> {
	const pbx = await startPbxSimulator(options);
	pbxs.push(pbx);
	return pbx;
}

afterEach(async () => {
	await Promise.all(pbxs.splice(0).map(async (pbx) => await pbx.close()));
});

const call = (operation: string, parameters: object = {}) => ({
	resource: 'call',
	operation,
	...parameters,
});
const NINE = Date.UTC(2026, 2, 2, 1); // 09:00 in Shanghai

/** Calls at 09:00, 09:10 and so on. */
function placeCalls(pbx: PbxSimulator, count: number): void {
	for (let index = 0; index < count; index++) {
		pbx.placeSilently({
			kind: 'inboundToExtension',
			from: `0755266010${String(index).padStart(2, '0')}`,
			startedAt: NINE / 1_000 + index * 600,
		});
	}
}

describe('live calls', () => {
	it('are dialled, listed and hung up', async () => {
		const pbx = await start();
		pbx.dialPlan.staysLive = true;
		const [dialled] = await rowsOf(
			runYeastar(
				pbx,
				call('dial', {
					caller: fromList('1001'),
					callee: '0755 2660-1234',
					options: { autoAnswer: true },
				}),
			),
		);
		expect(dialled).toEqual({
			callId: expect.any(String) as string,
			caller: '1001',
			callee: '075526601234',
		});
		expect(pbx.requests.at(-1)?.body).toEqual({
			caller: '1001',
			callee: '075526601234',
			auto_answer: 'yes',
		});
		await until(
			() =>
				pbx.liveCalls.some(({ members }) =>
					members.some(({ outbound }) => outbound?.member_status === 'ANSWER'),
				),
			{ what: 'the answer' },
		);

		const listed = async (filters: object) =>
			await rowsOf(runYeastar(pbx, call('getLiveCalls', { filters })));
		expect(await listed({})).toMatchObject([{ callId: dialled.callId, direction: 'outbound' }]);
		expect(await listed({ direction: 'inbound' })).toEqual([]);
		expect(await listed({ number: '1009' })).toEqual([]);
		const [{ legs }] = await listed({ number: '1001' });
		expect(legs).toContainEqual(
			expect.objectContaining({ role: 'extension', number: '1001', channelId: expect.any(String) }),
		);

		const [hungUp] = await rowsOf(runYeastar(pbx, call('hangUp'), { items: [dialled] }));
		expect(hungUp).toEqual({ hungUp: true, callId: dialled.callId });
		await until(() => pbx.liveCalls.length === 0, { what: 'the end of the call' });
		expect(await listed({})).toEqual([]);
		await expect(runYeastar(pbx, call('hangUp'), { items: [dialled] })).rejects.toThrow(
			'no such entry',
		);
	});

	it('lose one party by its channel', async () => {
		const pbx = await start();
		const live = pbx.begin({ kind: 'inboundToExtension', extension: '1002' });
		await live.ring();
		const [{ legs }] = await rowsOf(runYeastar(pbx, call('getLiveCalls')));
		const { channelId } = (legs as Array<{ channelId: string }>)[0];
		await runYeastar(pbx, call('hangUp', { hangUpBy: 'channelId', channelId }));
		await until(() => pbx.liveCalls.length === 0, { what: 'the end of the call' });
	});

	it('are not dialled to nobody, and never twice', async () => {
		const pbx = await start();
		const dial = { caller: fromList('1001'), callee: 'ask reception' };
		await expect(runYeastar(pbx, call('dial', dial))).rejects.toThrow(
			'Number to Call has no digits',
		);

		pbx.faults.answers = [{ kind: 'dropAfterwards', path: 'call/dial' }];
		await expect(runYeastar(pbx, call('dial', { ...dial, callee: '1002' }))).rejects.toMatchObject({
			context: { itemIndex: 0 },
		});
		expect(timesAsked(pbx, 'call/dial')).toBe(1);
	});
});

describe('call records', () => {
	const nineTwenty = new Date(NINE + 1_200_000);
	const range = { from: nineTwenty, to: new Date(NINE + 2_400_000) };
	const callers = (rows: IDataObject[]) =>
		rows.map((row) => String(row.call_from_number).slice(-2));

	it.each<[string, PbxOptions]>([
		['unix seconds', {}],
		['its display format, month first', { cdr: { searchTime: 'display' } }],
		['its display format, day first', { cdr: { searchTime: 'display' }, displayFormat: 'DMY24' }],
		['its display format, 12 hours', { cdr: { searchTime: 'display' }, displayFormat: 'YMD12' }],
		['few rows per page', { rowsPerPageAtMost: 2 }],
	])('of a time range come from a PBX that takes %s', async (_words, options) => {
		const pbx = await start(options);
		placeCalls(pbx, 7);
		expect(callers(await searchCallRecords(clientOf(pbx), range))).toEqual(['04', '03', '02']);
	});

	it('come from the list when the search is of no use', async () => {
		const pbx = await start();
		placeCalls(pbx, 7);
		for (const errcode of [10001, 40002] as const) {
			pbx.faults.answers = [{ kind: 'errcode', path: 'cdr/search', errcode }];
			const client = clientOf(pbx);
			expect(callers(await searchCallRecords(client, range))).toEqual(['04', '03', '02']);
			const only = { ...range, callFrom: '075526601003' };
			expect(callers(await searchCallRecords(client, only))).toEqual(['03']);
		}
	});

	it('are none when there were none', async () => {
		const pbx = await start();
		const client = clientOf(pbx);
		expect(await searchCallRecords(client, range)).toEqual([]);
		placeCalls(pbx, 1);
		expect(await searchCallRecords(client, range)).toEqual([]);
		expect(timesAsked(pbx, 'cdr/search')).toBe(2);
	});

	it('come as raw rows, the newest first, with filters and a limit', async () => {
		const pbx = await start();
		placeCalls(pbx, 7);
		const getMany = async (more: object) =>
			callers(
				await rowsOf(
					runYeastar(pbx, {
						resource: 'callRecord',
						operation: 'getMany',
						startedAfter: '2026-03-02T01:00:00',
						startedBefore: '2026-03-02T10:00:00+08:00',
						...more,
					}),
				),
			);
		expect(await getMany({ returnAll: true })).toHaveLength(7);
		expect(await getMany({ limit: 2 })).toEqual(['06', '05']);
		expect(await getMany({ filters: { callFrom: '075526601001' } })).toEqual(['01']);
		expect(await getMany({ filters: { status: 'VOICEMAIL' } })).toEqual([]);
		await expect(getMany({ startedAfter: 'yesterday' })).rejects.toThrow(
			'Started After is not a date and time [Item 0]',
		);
	});
});

describe('past calls', () => {
	const past = (options: INodeParameters = {}) => ({
		resource: 'callRecord',
		operation: 'getCalls',
		startedAfter: '2026-03-02T01:00:00',
		startedBefore: '2026-03-02T10:00:00+08:00',
		country: 'CN',
		returnAll: true,
		options,
	});
	const startedAt = NINE / 1_000;

	it('are narrowed by the same filters as in the trigger', async () => {
		const pbx = await start();
		const { callId: direct } = pbx.placeSilently({ kind: 'inboundToExtension', startedAt });
		const { callId: queued } = pbx.placeSilently({
			kind: 'inboundThroughQueue',
			did: '075526602000',
			startedAt: startedAt + 600,
		});
		const ids = async (options?: INodeParameters) =>
			(await rowsOf(runYeastar(pbx, past(options)))).map(({ callId }) => callId);
		expect(await ids()).toEqual([queued, direct]);
		expect(await ids({ queues: '6500' })).toEqual([queued]);
		expect(await ids({ dids: '075526602000' })).toEqual([queued]);
		expect(await ids({ extensions: '1001', queues: '6500', directions: ['outbound'] })).toEqual([]);
	});

	it('are those of one customer in both directions, however the number is written', async () => {
		const pbx = await start();
		const { callId: inbound } = pbx.placeSilently({
			kind: 'inboundThroughQueue',
			from: '075526601234',
			startedAt,
		});
		pbx.placeSilently({
			kind: 'inboundToExtension',
			from: '075526609999',
			startedAt: startedAt + 60,
		});
		const { callId: outbound } = pbx.placeSilently({
			kind: 'outbound',
			to: '9075526601234',
			startedAt: startedAt + 600,
		});
		const with9 = { customerNumber: '+86 755 2660 1234', outboundPrefix: '9' };
		const calls = await rowsOf(runYeastar(pbx, past(with9)));
		expect(calls.map(({ callId }) => callId)).toEqual([outbound, inbound]);
		expect(calls).toMatchObject([
			{ callType: 'outboundAnswered', customer: { e164: '+8675526601234' } },
			{ callType: 'inboundAnswered', customer: { e164: '+8675526601234' } },
		]);
		expect(await rowsOf(runYeastar(pbx, past({ customerNumber: '1' })))).toEqual([]);
	});

	it('are none that still go on, although a first record of them may be written', async () => {
		const pbx = await start();
		const { callId: over } = pbx.placeSilently({ kind: 'inboundToExtension', startedAt });
		const running = pbx.begin({ kind: 'inboundToExtension', extension: '1002' });
		await running.ring();
		pbx.placeSilently({ kind: 'inboundToExtension', startedAt: startedAt + 600 });
		const early = pbx.cdr.find(({ timestamp }) => timestamp === startedAt + 600);
		Object.assign(early ?? {}, { call_id: running.callId });
		const rows = await rowsOf(runYeastar(pbx, past()));
		expect(rows.map(({ callId }) => callId)).toEqual([over]);
	});
});

describe('recordings', () => {
	const download = (parameters: object = {}) => ({
		resource: 'recording',
		operation: 'download',
		...parameters,
	});

	it('are fetched by the file name that a call carries, or by ID', async () => {
		const pbx = await start();
		pbx.placeSilently({ kind: 'inboundToExtension', recorded: true, talkSeconds: 1 });
		const [{ id, file }] = pbx.recordings;
		const recording = { file };
		for (const run of [
			runYeastar(pbx, download(), { items: [{ recording, callId: '1.1' }] }),
			runYeastar(pbx, download({ recordingBy: 'id', recordingId: id }), {
				items: [{ recording, callId: '1.1' }],
			}),
		]) {
			const [{ json, binary }] = (await run).items;
			expect(json).toEqual({
				recording,
				callId: '1.1',
				file,
				mimeType: 'audio/wav',
				sizeBytes: expect.any(Number) as number,
			});
			expect(binary?.data).toMatchObject({ fileName: file, mimeType: 'audio/wav' });
			const bytes = Buffer.from(binary?.data.data ?? '', 'base64');
			expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
			expect(bytes).toHaveLength(Number(json.sizeBytes));
		}
	});

	it('are waited for while the PBX writes them', async () => {
		let now = NINE;
		const pbx = await start({ now: () => now, recordingDelayMs: 8_000 });
		pbx.placeSilently({ kind: 'inboundToExtension', recorded: true });
		const clock = {
			now: () => now,
			random: () => 0,
			sleep: async (milliseconds: number) => {
				now += milliseconds;
				await Promise.resolve();
			},
		};
		const recording = { file: pbx.recordings[0].file };
		await expect(
			downloadRecording(clientOf(pbx, clock), recording, 4_000, clock),
		).rejects.toMatchObject({ kind: 'notFound' });
		const { bytes } = await downloadRecording(clientOf(pbx, clock), recording, 30_000, clock);
		expect(bytes.length).toBeGreaterThan(44);
		expect(timesAsked(pbx, 'recording/download')).toBe(4);
	});

	it('that do not exist are told by name; calls without one pass', async () => {
		const pbx = await start();
		const options = { patienceSeconds: 0 };
		await expect(runYeastar(pbx, download({ file: 'no.wav', options }))).rejects.toThrow(
			'The PBX has no recording no.wav',
		);
		const run = runYeastar(pbx, download({ file: '={{ $json.recording?.file ?? " " }}' }), {
			items: [{ recording: null }],
		});
		expect(await rowsOf(run)).toEqual([{ recording: null, file: null }]);
	});
});
