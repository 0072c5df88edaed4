import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { omit } from 'lodash';
import type { IBinaryData, IDataObject, INodeParameters } from 'n8n-workflow';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { prepareBinaryData } from '../nodeContext.mts';
import { inboundCall } from '../zoho-caller/crm.mts';
import { connectDeskNode, type DeskNode } from './deskNode.mts';

let zoho: ZohoSimulator;
let desk: DeskNode;
let contactId: string;
let ticketId: string;
beforeEach(async () => {
	zoho = await startZohoSimulator();
	desk = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId });
	contactId = zoho.desk.insert('contacts', { lastName: 'Zhang' });
	const departmentId = zoho.desk.departments[0].id;
	ticketId = zoho.desk.insert('tickets', { contactId, departmentId, subject: 'First' });
});
afterEach(async () => {
	await zoho.close();
});

const UPLOADED = /^POST .*\/attachments$/;
const attachments = () => zoho.desk.records('attachments');
const wav = async (content: string | Buffer = 'RIFF…', name = '通话 77.wav') =>
	await prepareBinaryData(Buffer.from(content), name, 'audio/wav');
const uploadParameters = (parameters: INodeParameters = {}): INodeParameters => ({
	resource: 'attachment',
	operation: 'upload',
	recordId: ticketId,
	...parameters,
});

async function upload(
	item: IDataObject = {},
	parameters: INodeParameters = {},
	data?: IBinaryData,
): Promise<IDataObject> {
	const { items } = await desk.runWith({
		parameters: uploadParameters(parameters),
		items: [item],
		binaries: [{ data: data ?? (await wav()) }],
	});
	return items[0].json;
}

async function download(parameters: INodeParameters, item: IDataObject = {}) {
	const { items } = await desk.runWith({
		parameters: { resource: 'attachment', operation: 'download', ...parameters },
		items: [item],
	});
	return items[0];
}

describe('an upload', () => {
	it('attaches the file of the item, which goes on with it, for one credit', async () => {
		const data = await wav();
		const { items } = await desk.runWith({
			parameters: uploadParameters(),
			items: [{ callId: '1.1' }],
			binaries: [{ data }],
		});
		const [stored] = attachments();
		expect(stored).toMatchObject({ name: '通话 77.wav', size: '7', isPublic: false });
		expect(items[0]).toMatchObject({
			json: { callId: '1.1', attachment: { id: stored.id, alreadyUploaded: false } },
			binary: { data },
		});
		expect(zoho.desk.requests.at(-1)?.body).toEqual({
			file: { name: '通话 77.wav', type: 'audio/wav', size: 7 },
		});
		expect(desk.creditsSpent()).toBe(1);
	});

	it('arrives byte by byte, whatever is in it', async () => {
		const bytes = Buffer.from(Array.from({ length: 70_000 }, (_each, index) => index % 256));
		const sent = Buffer.concat([Buffer.from('\r\n--x--\r\n"'), bytes]);
		const { attachment } = await upload({}, {}, await wav(sent));
		const { href } = attachment as { href: string };
		const { binary } = await download({ href });
		expect(Buffer.from(binary!.data.data, 'base64').equals(sent)).toBe(true);
	});

	it('can be for the customer, from another field, under a name that is none', async () => {
		const parameters = uploadParameters({ isPublic: true, binaryPropertyName: 'recording' });
		const recording = await prepareBinaryData(Buffer.from('x'), '../"a\r\nb".txt', 'no type');
		await desk.runWith({ parameters, items: [{}], binaries: [{ recording }] });
		expect(attachments()).toMatchObject([{ name: '..__a__b_.txt', isPublic: true }]);
	});

	it('goes to contacts, accounts and calls, too', async () => {
		const accountId = zoho.desk.insert('accounts', { accountName: 'Acme' });
		const callId = zoho.desk.insert('calls', {
			contactId,
			departmentId: zoho.desk.departments[0].id,
			subject: 'A',
			startTime: '2026-03-04T08:15:00.000Z',
			direction: 'inbound',
			duration: 1,
			status: 'Completed',
		});
		await upload({}, { attachmentsOf: 'contacts', recordId: contactId });
		await upload({}, { attachmentsOf: 'accounts', recordId: accountId });
		const parameters = omit(uploadParameters({ attachmentsOf: 'calls' }), ['recordId']);
		await desk.runWith({
			parameters,
			items: [{ log: { id: callId } }],
			binaries: [{ data: await wav() }],
		});
		expect(desk.requests()).toEqual([
			`POST /contacts/${contactId}/attachments`,
			`POST /accounts/${accountId}/attachments`,
			`POST /calls/${callId}/attachments`,
		]);
	});

	it('is left out in a dry run, and the file goes on', async () => {
		const data = await wav();
		const { items } = await desk.runWith({
			parameters: uploadParameters(),
			items: [{ decision: { dryRun: true } }],
			binaries: [{ data }],
		});
		expect(items[0]).toMatchObject({
			json: { attachment: null, attachmentSkipped: 'Nothing is uploaded in a dry run.' },
			binary: { data },
		});
		expect(desk.requests()).toEqual([]);
	});

	it('of an empty file, of one over 20 MB and of none is refused before it is sent', async () => {
		await expect(upload({}, {}, await wav(''))).rejects.toMatchObject({
			message: 'The file 通话 77.wav is empty',
		});
		const large = await wav(Buffer.alloc(20 * 1024 * 1024 + 100_000));
		const tooLarge = {
			message: 'The file 通话 77.wav has 20.1 MB, and Zoho Desk takes 20 MB at most',
			description: expect.stringContaining('a link to it') as string,
		};
		await expect(upload({}, {}, large)).rejects.toMatchObject(tooLarge);
		await expect(upload({}, {}, { ...large, bytes: undefined })).rejects.toMatchObject(tooLarge);
		await expect(upload({}, { binaryPropertyName: 'other' })).rejects.toThrow(/'other'/);
		expect(desk.requests()).toEqual([]);
	});

	it('of 20 MB is taken', async () => {
		await upload({}, {}, await wav(Buffer.alloc(20 * 1024 * 1024)));
		expect(attachments()).toMatchObject([{ size: String(20 * 1024 * 1024) }]);
	});

	it.each(['1/../contacts', '', '../1', 'abc'])('to "%s" is refused', async (recordId) => {
		await expect(upload({}, { recordId })).rejects.toThrow();
		expect(desk.requests()).toEqual([]);
	});

	it('to a record that is not there names it', async () => {
		await expect(upload({}, { recordId: '431000000000000' })).rejects.toMatchObject({
			message: 'Zoho Desk has no record 431000000000000 in tickets',
		});
	});
});

describe('no file is attached twice', () => {
	it('for a call that comes again, or several times at once', async () => {
		const call = inboundCall();
		await Promise.all([upload(call), upload(call)]);
		expect((await upload(call)).attachment).toMatchObject({
			id: attachments()[0].id,
			alreadyUploaded: true,
		});
		expect(attachments()).toHaveLength(1);
		await upload(call, {}, await wav('RIFF.2.'));
		await upload(inboundCall());
		expect(attachments()).toHaveLength(3);
	});

	it.each([
		['errorAfterCommit', 'with a call', true],
		['dropAfterCommit', 'with a call', true],
		['errorAfterCommit', 'without one', false],
		['dropAfterCommit', 'without one', false],
	] as const)('after %s %s', async (kind, _how, hasCall) => {
		zoho.desk.faults.add({ kind, match: UPLOADED });
		const { attachment } = await upload(hasCall ? inboundCall() : {});
		expect(attachments()).toHaveLength(1);
		expect(attachment).toMatchObject({ id: attachments()[0].id, alreadyUploaded: false });
	});

	it('and it is sent after all when nothing had arrived', async () => {
		await upload({}, {}, await wav('RIFF.2.', 'other.wav'));
		await upload({}, {}, await wav('longer than it'));
		zoho.desk.faults.add({ kind: 'drop', match: UPLOADED });
		await upload();
		expect(attachments()).toHaveLength(3);
	});

	it('when another process has attached it, if the node is to look', async () => {
		const call = inboundCall();
		await upload(call);
		const other = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId, clientId: 'another' });
		const { items } = await other.runWith({
			parameters: uploadParameters({ options: { lookFirst: true } }),
			items: [call],
			binaries: [{ data: await wav() }],
		});
		expect(items[0].json.attachment).toMatchObject({
			id: attachments()[0].id,
			alreadyUploaded: true,
		});
		expect(attachments()).toHaveLength(1);
	});

	it('when an earlier execution has attached it to no call, if the node is to look', async () => {
		await upload();
		await upload({}, {}, await wav('another'));
		const { attachment } = await upload({}, { options: { lookFirst: true } });
		expect(attachment).toMatchObject({ id: attachments()[0].id, alreadyUploaded: true });
		expect(attachments()).toHaveLength(2);
	});
});

describe('attachments that are there', () => {
	let href: string;
	let id: string;
	beforeEach(async () => {
		const { attachment } = await upload();
		({ href, id } = attachment as { href: string; id: string });
		desk.requests();
		desk.creditsSpent();
	});

	it('are listed', async () => {
		const parameters = { resource: 'attachment', operation: 'getAll', recordId: ticketId };
		expect(await desk.run(parameters)).toMatchObject([{ id, href, name: '通话 77.wav' }]);
		expect(desk.creditsSpent()).toBe(3);
		await expect(desk.run({ ...parameters, recordId: '431000000000000' })).rejects.toMatchObject({
			message: 'Zoho Desk has no record 431000000000000 in tickets',
		});
	});

	it.each([
		['the address in the item', () => ({}), () => ({ href, n: 1 })],
		['an address without host', () => ({ href: new URL(href).pathname }), () => ({ n: 1 })],
		[
			'an address without /api/v1',
			() => ({ href: `tickets/${ticketId}/attachments/${id}/content` }),
			() => ({ n: 1 }),
		],
		[
			'their ID',
			() => ({ attachmentBy: 'id', recordId: ticketId, attachmentId: id }),
			() => ({ n: 1 }),
		],
	])('are fetched by %s, for one credit', async (_how, parameters, item) => {
		const { json, binary } = await download(parameters(), item());
		expect(json).toMatchObject({
			n: 1,
			file: { name: '通话 77.wav', mimeType: 'audio/wav', sizeBytes: 7 },
		});
		expect(binary?.data).toMatchObject({ fileName: '通话 77.wav', mimeType: 'audio/wav' });
		expect(Buffer.from(binary!.data.data, 'base64').toString()).toBe('RIFF…');
		expect(desk.creditsSpent()).toBe(1);
	});

	it.each([
		['http://evil.example/api/v1/tickets/1/attachments/2/content', 'evil.example'],
		['//evil.example/api/v1/tickets/1/attachments/2/content', 'evil.example'],
		['\\\\evil.example/tickets/1/attachments/2', 'evil.example'],
		['file:///etc/passwd', 'file:///etc/passwd'],
	])('are not fetched from elsewhere: %s', async (address, named) => {
		await expect(download({ href: address })).rejects.toMatchObject({
			message: `The attachment is said to be at ${named}, which is not the Desk API address of the credential`,
			description: expect.stringContaining('since the token goes along') as string,
		});
		expect(desk.requests()).toEqual([]);
	});

	it.each(['/api/v1/contacts/1', '/tickets/1/attachments/2/../../../agents', 'x', '/%2e%2e/a'])(
		'are nothing else than attachments: %s',
		async (address) => {
			await expect(download({ href: address })).rejects.toMatchObject({
				message: `"${address}" is not the address of an attachment`,
			});
			expect(desk.requests()).toEqual([]);
		},
	);

	it('are not fetched where Zoho sends the client to, with the token', async () => {
		const asked: unknown[] = [];
		const elsewhere = createServer(({ headers }, response) => {
			asked.push(headers);
			response.end('stolen');
		});
		await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
		const { port } = elsewhere.address() as AddressInfo;
		const location = `http://127.0.0.1:${port}/file`;
		zoho.desk.faults.add({ kind: 'redirect', location, match: /content$/ });
		await expect(download({ href })).rejects.toMatchObject({
			message: 'Zoho Desk says that the file is at another address (HTTP 302)',
		});
		elsewhere.close();
		expect(asked).toEqual([]);
	});

	it('are fetched after an error, a lost answer and with a token that is too old', async () => {
		zoho.desk.faults.add({ kind: 'status', status: 500, match: /content$/ });
		zoho.desk.faults.add({ kind: 'drop', match: /content$/ });
		zoho.expireAccessTokens();
		const { json } = await download({ href });
		expect(json.file).toMatchObject({ sizeBytes: 7 });
	});

	it('of which Zoho gives a page in place of a file are no file', async () => {
		zoho.desk.faults.add({ kind: 'notJson', match: /content$/ });
		await expect(download({ href })).rejects.toMatchObject({
			message: expect.stringContaining('is not Zoho Desk') as string,
		});
		zoho.desk.faults.add({ kind: 'errorWith200', times: 9, match: /content$/ });
		await expect(download({ href })).rejects.toMatchObject({
			message: 'Zoho Desk does not accept the token of this credential',
		});
	});

	it('that are deleted are named', async () => {
		await expect(
			download({ attachmentBy: 'id', recordId: ticketId, attachmentId: '431000000000000' }),
		).rejects.toMatchObject({ message: 'Zoho Desk has no record 431000000000000 in attachments' });
		await expect(
			download({ attachmentBy: 'id', recordId: ticketId, attachmentId: '1/../2' }),
		).rejects.toThrow(/not a Zoho Desk record ID/);
		await expect(download({})).rejects.toMatchObject({
			message: expect.stringMatching(/Address|is empty/) as string,
		});
	});

	it('that are JSON with an error in it are files all the same', async () => {
		const json = '{"errorCode":"INVALID_OAUTH"}';
		const data = await prepareBinaryData(Buffer.from(json), 'a.json', 'application/json');
		const { attachment } = await upload({}, {}, data);
		const { binary } = await download({ href: (attachment as { href: string }).href });
		expect(Buffer.from(binary!.data.data, 'base64').toString()).toBe(json);
	});
});
