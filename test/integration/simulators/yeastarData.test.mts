import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dataRows, loggedIn, type ApiAnswer } from '../../simulators/yeastar/bareClient.mts';
import {
	startPbxSimulator,
	type PbxOptions,
	type PbxSimulator,
} from '../../simulators/yeastar/pbxSimulator.mts';

let pbx: PbxSimulator;
let ask: (path: string, body?: unknown) => Promise<ApiAnswer>;
let accessToken: string;

const start = async (options: PbxOptions = {}) => {
	pbx = await startPbxSimulator(options);
	({ ask, accessToken } = await loggedIn(pbx));
};
afterEach(() => pbx.close());

const startedAt = 1772435720;

describe('the company', () => {
	it('is listed in pages, smaller than asked where the firmware has that quirk', async () => {
		await start({ rowsPerPageAtMost: 8 });
		const first = await ask('extension/list?page=1&page_size=100&sort_by=number');
		expect(first.total_number).toBe(14);
		expect(dataRows(first)).toHaveLength(8);
		const second = await ask('extension/list?page=2&page_size=100&sort_by=number');
		expect(dataRows(second).map((row) => row.number)).toEqual([
			'1009',
			'1010',
			'1011',
			'1012',
			'1013',
			'1014',
		]);
	});

	it('answers for one extension, for queues under their own key, and for itself', async () => {
		await start();
		expect(await ask('extension/search?search_value=amina')).toMatchObject({
			data: [{ number: '1001', email_addr: 'amina.otieno@example.com' }],
		});
		expect(await ask('extension/get?id=11')).toMatchObject({ data: { number: '1001' } });
		expect(await ask('extension/get?id=9999')).toMatchObject({ errcode: 60001 });
		expect(await ask('queue/list')).toMatchObject({
			total_number: 2,
			queue_list: [{ number: '6500', static_agent_list: { length: 10 } }, { number: '6501' }],
		});
		expect(await ask('queue/call_status?id=3')).toMatchObject({ errcode: 60001 });
		expect(await ask('system/information')).toMatchObject({
			data: { sn: pbx.serial, display_format: 'MM/DD/YYYY HH:mm:ss' },
		});
	});
});

describe('call records', () => {
	it('are searched by unix seconds, and by nothing else', async () => {
		await start();
		pbx.placeSilently({ kind: 'internal', startedAt });
		pbx.placeSilently({ kind: 'internal', startedAt: startedAt + 60 });
		const from = (text: string) => ask(`cdr/search?start_time=${encodeURIComponent(text)}`);
		expect(await from(String(startedAt + 1))).toMatchObject({ total_number: 1 });
		expect(await from('2026-03-02 15:15:20')).toMatchObject({ errcode: 40002 });
		expect(await from('03/02/2026 15:15:20')).toMatchObject({ errcode: 40002 });
		expect(await ask('cdr/list?sort_by=time&order_by=desc&page_size=1')).toMatchObject({
			total_number: 2,
			data: [{ timestamp: startedAt + 60 }],
		});
	});

	it.each([
		['MDY24', '03/02/2026 15:15:20'],
		['DMY24', '02/03/2026 15:15:20'],
		['YMD12', '2026/03/02 03:15:20 PM'],
	] as const)('are written and, on such firmware, searched in %s', async (displayFormat, time) => {
		await start({ displayFormat, cdr: { searchTime: 'display' } });
		const { rows } = pbx.placeSilently({ kind: 'internal', startedAt });
		expect(rows[0].time).toBe(time);
		const path = (end: string) => `cdr/search?end_time=${encodeURIComponent(end)}`;
		expect(await ask(path(time))).toMatchObject({ total_number: 1 });
		expect(await ask(path(String(startedAt)))).toMatchObject({ errcode: 40002 });
	});

	it('are filtered by numbers, status and DID with trunk', async () => {
		await start();
		pbx.placeSilently({ kind: 'inboundToExtension', from: '13800138000', startedAt });
		pbx.placeSilently({ kind: 'outbound', to: '13800138000', outcome: 'busy', startedAt });
		expect(await ask('cdr/search?call_from=13800138000')).toMatchObject({ total_number: 1 });
		expect(await ask('cdr/search?call_from=138')).toMatchObject({ total_number: 0 });
		expect(await ask('cdr/search?call_from=138&enable_fuzzy_search=1')).toMatchObject({
			total_number: 1,
		});
		expect(await ask('cdr/search?status=BUSY')).toMatchObject({ total_number: 1 });
		expect(await ask('cdr/search?status=busy')).toMatchObject({ errcode: 40002 });
		expect(await ask('cdr/search?did=075526001000:trunk-a')).toMatchObject({ total_number: 1 });
	});
});

describe('recordings', () => {
	it('are fetched in two steps, and the second address ages', async () => {
		let clock = 1_772_500_000_000;
		await start({ now: () => clock, accessTokenSeconds: 7200, recordingDelayMs: 5000 });
		const { rows } = await pbx.place({
			kind: 'inboundToExtension',
			from: '+8675526601234',
			recorded: true,
			startedAt,
		});
		const file = rows[0].record_file;
		const path = `recording/download?file=${encodeURIComponent(file)}`;
		expect(await ask(path)).toMatchObject({ errcode: 60001 });
		clock += 5000;
		expect(await ask('recording/list')).toMatchObject({
			total_number: 1,
			data: [{ file, uid: rows[0].uid, duration: 60 }],
		});
		const answer = await ask(path);
		expect(answer).toMatchObject({ errcode: 0, file });

		const fetchAudio = () =>
			fetch(`${pbx.baseUrl}${answer.download_resource_url}?access_token=${accessToken}`);
		const audio = await fetchAudio();
		expect(audio.headers.get('content-type')).toBe('audio/wav');
		const bytes = Buffer.from(await audio.arrayBuffer());
		expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
		expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
		clock += 1_800_000;
		expect(await (await fetchAudio()).json()).toMatchObject({ errcode: 60001 });
	});

	it('are there only for recorded conversations', async () => {
		await start();
		pbx.placeSilently({ kind: 'inboundThroughQueue', recorded: true });
		pbx.placeSilently({ kind: 'inboundThroughQueue', recorded: true, outcome: 'unanswered' });
		expect(pbx.recordings).toHaveLength(1);
		expect(await ask('recording/download')).toMatchObject({ errcode: 40002 });
	});
});

describe('voicemail', () => {
	const toVoicemail = {
		kind: 'inboundToExtension',
		outcome: 'voicemail',
		from: '075526601234',
		callerName: 'Wang Fang',
		ringSeconds: 10,
		messageSeconds: 18,
		startedAt,
	} as const;

	it('is listed by mailbox, page by page, the oldest first', async () => {
		await start();
		pbx.placeSilently(toVoicemail);
		pbx.placeSilently({ ...toVoicemail, startedAt: startedAt + 60 });
		pbx.placeSilently({ ...toVoicemail, messageSeconds: 1 });
		pbx.placeSilently({ kind: 'inboundThroughQueue', outcome: 'voicemail', mailbox: '6100' });
		pbx.voicemails[2].readBy.push('1004');
		expect(await ask('vm/query?number=1001,6100,1002&page=1&page_size=1')).toEqual({
			errcode: 0,
			errmsg: 'SUCCESS',
			voicemail_list: [
				{
					number: '1001',
					total_number: 2,
					data: [
						{
							msg_id: `${startedAt + 10}-00000065`,
							file_name: 'msg0000.wav',
							is_read: 0,
							duration: 18,
							size: 16_044,
							group_voicemail_read_status: null,
							name: 'Wang Fang',
							time: '03/02/2026 15:15:30',
							number: '075526601234',
						},
					],
				},
				{
					number: '6100',
					total_number: 1,
					data: [
						expect.objectContaining({
							is_read: 1,
							group_voicemail_read_status: [
								{ number: '1003', name: 'Chen Jing', is_read: 0 },
								{ number: '1004', name: 'Dora Lind', is_read: 1 },
							],
						}),
					],
				},
				{ number: '1002', total_number: 0, data: [] },
			],
		});
		expect(await ask('vm/query?number=1001&page=2&page_size=1')).toMatchObject({
			voicemail_list: [{ data: [{ file_name: 'msg0001.wav' }] }],
		});
	});

	it('is refused for numbers and messages that are none', async () => {
		await start();
		expect(await ask('vm/query')).toMatchObject({ errcode: 40002 });
		expect(await ask('vm/query?number=1001,')).toMatchObject({
			errcode: 40002,
			invalid_param_list: [{ value: 'number' }],
		});
		expect(await ask('vm/query?number=1001,9999')).toMatchObject({ errcode: 60001 });
		expect(await ask('vm/query?number=6500')).toMatchObject({ errcode: 60001 });
		expect(await ask('vm/query?number=1001&page_size=10001')).toMatchObject({ errcode: 40002 });
		expect(await ask('vm/query', { number: '1001' })).toMatchObject({ errcode: 10001 });
		expect(await ask('vm/download')).toMatchObject({ errcode: 40002 });
		expect(await ask('vm/download?msg_id=1-00000000')).toMatchObject({ errcode: 60001 });
	});

	it('is fetched in two steps, and the second address ages', async () => {
		let clock = 1_772_500_000_000;
		await start({ now: () => clock, accessTokenSeconds: 7200, recordingDelayMs: 5000 });
		pbx.placeSilently(toVoicemail);
		const path = `vm/download?msg_id=${pbx.voicemails[0].id}`;
		expect(await ask(path)).toMatchObject({ errcode: 60001 });
		expect(await ask('vm/query?number=1001')).toMatchObject({
			voicemail_list: [{ total_number: 0 }],
		});
		clock += 5000;
		const answer = await ask(path);
		expect(answer).toMatchObject({
			file: expect.stringMatching(/^PBX-Voicemail-x\..*-download-\d{14}-\w+\.wav$/) as string,
			download_resource_url: `/api/download/${String(answer.file)}`,
		});
		const fetchAudio = () =>
			fetch(`${pbx.baseUrl}${answer.download_resource_url}?access_token=${accessToken}`);
		expect(Buffer.from(await (await fetchAudio()).arrayBuffer())).toHaveLength(16_044);
		clock += 1_800_000;
		expect(await (await fetchAudio()).json()).toMatchObject({ errcode: 60001 });
	});
});

describe('company contacts and phonebooks', () => {
	const amina = {
		first_name: 'Amina',
		last_name: 'Otieno',
		company: 'Kilima Ltd',
		number_list: [{ num_type: 'mobile_number', number: '+254700111222' }],
	};

	it('go in with slots in a list and come out with slots as fields', async () => {
		await start({ contactNameFormat: 'Last First' });
		const { id } = await ask('company_contact/create', amina);
		expect(await ask('company_contact/search?search_value=0111222')).toMatchObject({
			total_number: 1,
			data: [
				{ id, contact_name: 'Otieno Amina', mobile: '+254700111222', home: '', phonebook_list: [] },
			],
		});
		expect(
			await ask('company_contact/update', {
				id,
				number_list: [{ num_type: 'other_number', number: '0700 111 222' }],
			}),
		).toMatchObject({ errcode: 0 });
		expect(await ask(`company_contact/get?id=${id}`)).toMatchObject({
			data: { mobile: '', other: '0700 111 222', company: 'Kilima Ltd' },
		});
		expect(await ask(`company_contact/delete?id=${id}`)).toMatchObject({ errcode: 0 });
		expect(pbx.contacts).toEqual([]);
	});

	it.each([
		['no number', { ...amina, number_list: [] }],
		['no first name', { last_name: 'X', number_list: amina.number_list }],
		['an unknown slot', { ...amina, number_list: [{ num_type: 'mobile', number: '1' }] }],
		['one slot twice', { ...amina, number_list: [...amina.number_list, ...amina.number_list] }],
		['letters in a number', { ...amina, number_list: [{ num_type: 'home_fax', number: 'x1' }] }],
		['a field of rows', { ...amina, mobile: '1' }],
		['a forbidden character', { ...amina, first_name: 'A & B' }],
	])('refuse %s', async (_name, body) => {
		await start();
		expect(await ask('company_contact/create', body)).toMatchObject({ errcode: 40002 });
	});

	it('belong together: a contact in a phonebook cannot be deleted', async () => {
		await start({ contactCapacity: 2, phonebookCapacity: 3 });
		const { id: contactId } = await ask('company_contact/create', amina);
		const book = await ask('phonebook/create', {
			name: 'CRM',
			member_select: 'sel_specific',
			add_contacts_id_list: [contactId],
		});
		expect(await ask(`company_contact/delete?id=${contactId}`)).toMatchObject({ errcode: 70091 });
		expect(await ask(`phonebook/get?id=${book.id}`)).toMatchObject({
			data: { name: 'CRM', total: 1, contacts_list: [{ id: contactId, mobile: '+254700111222' }] },
		});
		await ask('phonebook/update', { id: book.id, del_contacts_id_list: [contactId] });
		expect(await ask(`company_contact/delete?id=${contactId}`)).toMatchObject({ errcode: 0 });

		const everybody = { name: 'All', member_select: 'sel_all' };
		expect(await ask('phonebook/create', everybody)).toMatchObject({ errcode: 0 });
		expect(await ask('phonebook/create', { ...everybody, name: 'Second' })).toMatchObject({
			errcode: 40003,
		});
		expect(await ask('phonebook/create', { ...everybody, member_select: 'all' })).toMatchObject({
			errcode: 40002,
		});
		await ask('company_contact/create', { ...amina, phonebook_id_list: [book.id] });
		expect(await ask('phonebook/list?sort_by=name')).toMatchObject({
			data: [
				{ name: 'All', total: 1 },
				{ name: 'CRM', total: 1 },
			],
		});
		await ask('company_contact/create', amina);
		expect(await ask('company_contact/create', amina)).toMatchObject({ errcode: 60002 });
		expect(await ask('phonebook/delete?id=4711')).toMatchObject({ errcode: 70093 });
	});
});

describe('webhooks', () => {
	const settings = { webhook_event_push_timeout: 5, webhook_event_push_retry_count: 1 };

	it('are pushed with a signature, and once more after a failure', async () => {
		await start();
		const pushes: Array<{ body: string; signature: unknown }> = [];
		const receiver = createServer(async (request: IncomingMessage, response) => {
			let body = '';
			for await (const part of request) body += String(part);
			pushes.push({ body, signature: request.headers['x-signature'] });
			response.writeHead(pushes.length === 1 ? 500 : 200).end();
			receiver.emit('push');
		}).listen(0, '127.0.0.1');
		await once(receiver, 'listening');
		const { port } = receiver.address() as AddressInfo;
		const entry = {
			url: `http://127.0.0.1:${port}/hook`,
			secret: 'hook-secret',
			request_method: 'POST',
			event_ids: [30012],
		};
		expect(
			await ask('webhook/update', { ...settings, webhook_event_push_list: [entry] }),
		).toMatchObject({ errcode: 0 });
		expect(await ask('webhook/query')).toMatchObject({
			data: { enb_webhook_event_push: 1, webhook_event_push_list: [entry] },
		});

		const { frames } = await pbx.place({ kind: 'internal' });
		while (pushes.length < 2) await once(receiver, 'push');
		expect(pushes[1].body).toBe(JSON.stringify(frames.at(-1)));
		expect(pushes[1].signature).toBe(
			createHmac('sha256', 'hook-secret').update(pushes[1].body).digest('base64'),
		);
		receiver.closeAllConnections();
		receiver.close();
	});

	it('are five at most, with whole settings', async () => {
		await start();
		const entry = {
			url: 'http://127.0.0.1:9/hook',
			secret: 's',
			request_method: 'POST',
			event_ids: [0],
		};
		const update = (count: number, more: object = {}) =>
			ask('webhook/update', {
				...settings,
				webhook_event_push_list: Array(count).fill(entry),
				...more,
			});
		expect(await update(6)).toMatchObject({ errcode: 60002 });
		expect(await update(1, { webhook_event_push_timeout: 60 })).toMatchObject({ errcode: 40002 });
		expect(await ask('webhook/update', { webhook_event_push_list: [] })).toMatchObject({
			errcode: 40002,
		});
	});
});
