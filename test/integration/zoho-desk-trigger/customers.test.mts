import { triggerItem } from '../../../nodes/Zoho/desk/events/triggerItem';
import { until } from '../../e2e/stack/until.mts';
import { startDeskHub, type DeskHub } from './deskHub.mts';

let hub: DeskHub;

afterEach(async () => {
	await hub.close();
});

const items = (told: Parameters<typeof triggerItem>[0][]) =>
	told.map((each) => triggerItem(each, hub.hub.customerOf(each)));

it('adds the customer to events of contacts and accounts, deleted ones too, and to no others', async () => {
	hub = await startDeskHub();
	const { desk } = hub.zoho;
	const contactLayout = desk.layouts.find(({ module }) => module === 'contacts');
	const custom = contactLayout?.fields.find(({ apiName }) => apiName === 'cf_normalised_phone');
	if (custom) Object.assign(custom, { type: 'Phone', displayLabel: 'Mobile 2' });
	const trigger = await hub.publish('a', {
		events: [
			'contactCreated',
			'contactUpdated',
			'contactDeleted',
			'accountCreated',
			'ticketCreated',
		],
	});
	const announced = { announced: true };
	const accountId = desk.insert(
		'accounts',
		{ accountName: '明德科技', phone: '1234567' },
		announced,
	);
	await desk.delivered();
	const id = desk.insert(
		'contacts',
		{
			lastName: 'Brunner',
			mobile: '13800138000',
			accountId,
			cf: { cf_normalised_phone: '13900139000' },
		},
		announced,
	);
	await desk.delivered();
	desk.update('contacts', id, { firstName: 'Nora' });
	await desk.delivered();
	desk.insert(
		'tickets',
		{ subject: 'Printer', contactId: id, departmentId: desk.departments[0].id },
		announced,
	);
	await desk.delivered();
	desk.remove('contacts', id);
	await desk.delivered();

	await until(() => trigger.told.length === 5, { what: 'five events', everyMs: 20 });

	const source = { system: 'Zoho Desk', module: 'contacts', id };
	const of = (event: string) => items(trigger.told).find((item) => item.event === event) ?? {};
	const account = of('accountCreated');
	const created = of('contactCreated');
	const updated = of('contactUpdated');
	const ticket = of('ticketCreated');
	const deleted = of('contactDeleted');
	expect(account.customer).toMatchObject({
		source: { module: 'accounts', id: accountId },
		name: '明德科技',
		numbers: [{ kind: 'business', number: '1234567' }],
	});
	const numbers = [
		{ kind: 'mobile', number: '13800138000' },
		{ kind: 'mobile', number: '13900139000' },
	];
	expect(created.customer).toMatchObject({ source, name: 'Brunner', company: '明德科技', numbers });
	expect(updated.customer).toMatchObject({
		source,
		name: 'Nora Brunner',
		company: '明德科技',
		numbers,
	});
	expect(ticket).not.toHaveProperty('customer');
	expect(deleted).toMatchObject({
		event: 'contactDeleted',
		customer: { source, deleted: true, numbers: [] },
	});
});

it('adds what the event itself tells when Zoho Desk cannot be asked', async () => {
	hub = await startDeskHub();
	const { desk } = hub.zoho;
	const trigger = await hub.publish('a', { events: ['contactCreated'] });
	const accountId = desk.insert('accounts', { accountName: 'Seeblick AG' });
	desk.faults.add({ kind: 'status', status: 403, times: 20, match: /accounts\/|layouts|Fields/ });
	const fields = { lastName: 'Brunner', phone: '1234567', accountId };
	desk.insert('contacts', fields, { announced: true });
	await desk.delivered();
	await until(() => trigger.told.length === 1, { what: 'the event', everyMs: 20 });
	expect(items(trigger.told)).toMatchObject([
		{ customer: { name: 'Brunner', company: '', numbers: [{ number: '1234567' }] } },
	]);
});
