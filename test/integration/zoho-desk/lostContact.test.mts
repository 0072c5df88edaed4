import type { IDataObject } from 'n8n-workflow';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { inboundCall } from '../zoho-caller/crm.mts';
import { connectDeskNode, type DeskNode } from './deskNode.mts';

let zoho: ZohoSimulator;
let desk: DeskNode;
beforeEach(async () => {
	zoho = await startZohoSimulator();
	desk = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId });
});
afterEach(async () => {
	await zoho.close();
});

async function findOrCreate(item: IDataObject): Promise<IDataObject> {
	const [found] = await desk.run(
		{ resource: 'caller', operation: 'findOrCreate', createAs: 'contact' },
		item,
	);
	return found;
}

it.each([
	['a ticket', { resource: 'ticket', operation: 'create' }],
	[
		'a ticket or its entry',
		{ resource: 'ticket', operation: 'create', options: { appendWithinHours: 2 } },
	],
	['a log', { resource: 'call', operation: 'log' }],
])(
	'%s for a contact that somebody has deleted meanwhile fails, and the next try finds another one',
	async (_what, parameters) => {
		const item = await findOrCreate(inboundCall());
		const { id: lost } = (item.match as { record: { id: string } }).record;
		zoho.desk.remove('contacts', lost);
		const department = zoho.desk.departments[0].id;
		await expect(desk.run({ ...parameters, department }, item)).rejects.toMatchObject({
			message: expect.stringMatching(
				new RegExp(`^Zoho Desk does not know the contact ${lost}: it was deleted or merged`),
			) as string,
		});

		const again = await findOrCreate({ ...item, match: undefined });
		const { record } = again.match as { record: { id: string } };
		expect(record.id).not.toBe(lost);
		await desk.run({ ...parameters, department }, again);
		expect(zoho.desk.records(parameters.resource === 'call' ? 'calls' : 'tickets')).toMatchObject([
			{ contactId: record.id },
		]);
	},
);
