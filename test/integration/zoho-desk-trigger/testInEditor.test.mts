import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
	IDataObject,
	IHookFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	INodeParameters,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { ZohoDeskTrigger } from '../../../nodes/Zoho/ZohoDeskTrigger.node';
import type { DeskEventName } from '../../../nodes/Zoho/desk/events/eventTypes';
import { manualTest } from '../../../nodes/triggers/manualTest';
import { sampleEvent, sampleFor } from '../../../nodes/Zoho/desk/events/sampleEvent';
import { endTest, receiveForTest, startTest } from '../../../nodes/Zoho/desk/events/testReception';
import { n8nHttpClient } from '../../../nodes/transport/HttpClient';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { aWish } from '../../unit/zoho-desk-trigger/aWish.mts';
import { loadOptionsContext } from '../nodeContext.mts';
import { httpRequest } from '../n8nRequests.mts';
import { connectDeskNode, deskCredential } from '../zoho-desk/deskNode.mts';

let zoho: ZohoSimulator;
beforeEach(async () => {
	zoho = await startZohoSimulator({ desk: { edition: 'PROFESSIONAL' } });
});
afterEach(async () => {
	await zoho.close();
});

const COMPANY = '明德科技';

/** A contact with its account; numbers in a standard field and in one of the portal's own. */
function insertContact(options = {}) {
	const layout = zoho.desk.layouts.find(({ module }) => module === 'contacts');
	const custom = layout?.fields.find(({ apiName }) => apiName === 'cf_normalised_phone');
	if (custom) Object.assign(custom, { type: 'Phone', displayLabel: '手机' });
	const accountId = zoho.desk.insert('accounts', { accountName: COMPANY, phone: '1234567' });
	const fields = {
		firstName: '伟',
		lastName: '张',
		phone: '0755-26601234',
		accountId,
		cf: { cf_normalised_phone: '13800138000' },
	};
	const contactId = zoho.desk.insert('contacts', fields, options);
	return { accountId, contactId };
}

const customerOf = (module: string, id: string) => ({
	source: { system: 'Zoho Desk', module, id },
	deleted: false,
	name: module === 'contacts' ? '张伟' : COMPANY,
	company: COMPANY,
	numbers:
		module === 'contacts'
			? [
					{ kind: 'business', number: '0755-26601234' },
					{ kind: 'mobile', number: '13800138000' },
				]
			: [{ kind: 'business', number: '1234567' }],
});

describe('the sample of a test', () => {
	const sample = async (...events: DeskEventName[]) => {
		const desk = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId });
		const { client } = await desk.client();
		return await sampleEvent(client, aWish({ events }));
	};

	it.each(['contactCreated', 'contactUpdated'] as const)(
		'shows the customer of %s, with the name of the company',
		async (event) => {
			const { contactId } = insertContact();
			expect(await sample(event)).toMatchObject({
				event,
				contact: { id: contactId },
				customer: customerOf('contacts', contactId),
				receivedBy: 'search',
			});
		},
	);

	it('shows the customer of an account', async () => {
		const { accountId } = insertContact();
		expect(await sample('accountUpdated')).toMatchObject({
			event: 'accountUpdated',
			customer: customerOf('accounts', accountId),
		});
	});

	it('shows none for a ticket', async () => {
		const { contactId } = insertContact();
		const departmentId = zoho.desk.departments[0].id;
		zoho.desk.insert('tickets', { subject: 'Printer', contactId, departmentId });
		const item = await sample('ticketUpdated');
		expect(item).toMatchObject({ event: 'ticketUpdated', ticket: { subject: 'Printer' } });
		expect(item).not.toHaveProperty('customer');
	});

	it('shows what the record itself tells when nothing more can be learnt', async () => {
		const { contactId } = insertContact();
		zoho.desk.faults.add({
			kind: 'status',
			status: 403,
			times: 20,
			match: /accounts\/|layouts|Fields/,
		});
		expect(await sample('contactUpdated')).toMatchObject({
			customer: {
				...customerOf('contacts', contactId),
				numbers: [{ kind: 'business', number: '0755-26601234' }],
			},
		});
	});
});

describe('a test that waits for its event', () => {
	let server: Server;
	let address: string;
	let received: Array<'refused' | IDataObject[]>;
	const contextOf = (parameters: INodeParameters) =>
		loadOptionsContext(new ZohoDeskTrigger(), {
			parameters,
			credentials: {
				callBridgeZohoOAuth2Api: deskCredential(zoho, { deskOrgId: zoho.desk.orgId }),
			},
		});
	let context: ReturnType<typeof contextOf>;
	const http = n8nHttpClient(
		'Zoho Desk',
		async (options) => (await httpRequest(options)) as IN8nHttpFullResponse,
	);

	/** n8n's side: what comes to the address of the test is handed to it. */
	beforeEach(async () => {
		received = [];
		server = createServer((request, response) => {
			const parts: Buffer[] = [];
			request.on('data', (part: Buffer) => parts.push(part));
			request.on('end', () => {
				const token = request.headers['x-zdesk-jwt'];
				if (!token) return void response.end();
				const delivery = { token, body: Buffer.concat(parts), http };
				void receiveForTest(context as unknown as IWebhookFunctions, delivery).then((items) => {
					received.push(items);
					response.end();
				});
			});
		});
		await new Promise<void>((resolve) => {
			server.listen(0, '127.0.0.1', resolve);
		});
		address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/test`;
	});
	afterEach(async () => {
		await endTest(context as unknown as IHookFunctions);
		server.closeAllConnections();
		server.close();
	});

	/** What the trigger shows in the editor once the webhook has been called. */
	const shown = async () => {
		const emitted: INodeExecutionData[][][] = [];
		const trigger = { ...context, emit: (items: INodeExecutionData[][]) => emitted.push(items) };
		await manualTest(trigger as unknown as ITriggerFunctions, sampleFor).manualTriggerFunction?.();
		return emitted.flat(2).map(({ json }) => json);
	};

	it('shows the customer of the contact that was created', async () => {
		context = contextOf({ events: ['contactCreated'] });
		await startTest(context as unknown as IHookFunctions, address);
		const { contactId } = insertContact({ announced: true });
		await zoho.desk.delivered();
		const item = {
			event: 'contactCreated',
			customer: customerOf('contacts', contactId),
			receivedBy: 'webhook',
		};
		expect(received).toMatchObject([[item]]);
		expect(await shown()).toMatchObject([item]);
	});

	it('shows a contact that was deleted as a customer that is gone', async () => {
		context = contextOf({ events: ['contactDeleted'] });
		const { contactId } = insertContact();
		await startTest(context as unknown as IHookFunctions, address);
		zoho.desk.remove('contacts', contactId);
		await zoho.desk.delivered();
		expect(await shown()).toMatchObject([
			{
				event: 'contactDeleted',
				customer: { source: { id: contactId }, deleted: true, numbers: [] },
			},
		]);
	});

	it('shows the latest record with its customer when nothing has come', async () => {
		context = contextOf({ events: ['contactUpdated'] });
		const { contactId } = insertContact();
		await startTest(context as unknown as IHookFunctions, address);
		expect(await shown()).toMatchObject([
			{ customer: customerOf('contacts', contactId), receivedBy: 'search' },
		]);
		expect(received).toEqual([]);
	});

	it('pays four credits for the fields and one for the name of the account', async () => {
		context = contextOf({ events: ['contactCreated'] });
		await startTest(context as unknown as IHookFunctions, address);
		const before = zoho.desk.credits.used;
		insertContact({ announced: true });
		await zoho.desk.delivered();
		expect(zoho.desk.credits.used - before).toBe(5);
	});
});
