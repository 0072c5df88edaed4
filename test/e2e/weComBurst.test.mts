import range from 'lodash/range.js';
import { withoutTaskRunner } from './stack/startN8n.mts';
import { until } from './stack/until.mts';
import { startWeComStack, type WeComStack } from './weComTemplates.mts';

const CUSTOMERS = 20;
const MESSAGES_OF_EACH = 10;
const TOTAL = CUSTOMERS * MESSAGES_OF_EACH;
const A_FEW_MINUTES = 600_000;

let stack: WeComStack;
beforeAll(async () => {
	stack = await startWeComStack({ n8n: { env: withoutTaskRunner } });
}, A_FEW_MINUTES);
afterAll(async () => await stack?.stop());

/** Everybody writes in turn, as people do who do not know of each other. */
async function everybodyWrites(): Promise<string[]> {
	const customers = range(CUSTOMERS).map((number) =>
		stack.wecom.addCustomer({ nickname: `Customer ${number}` }),
	);
	for (const number of range(MESSAGES_OF_EACH)) {
		for (const customer of customers) {
			await stack.wecom.customerWrites(stack.openKfId, customer, { text: `says ${number}` });
		}
	}
	return customers;
}

interface Row {
	externalUserId: string;
	status: string;
}

async function rowsOf(customers: string[]): Promise<Row[]> {
	const rows = await stack.client.readRows<Row & Record<string, unknown>>('callbridge_messages');
	return rows.filter(({ externalUserId }) => customers.includes(externalUserId));
}

async function onTickets(customers: string[]): Promise<number> {
	return (await rowsOf(customers)).filter(({ status }) => status === 'on ticket').length;
}

/** What stands on the tickets of a customer, oldest first; headings left out. */
async function saidOnTickets(customer: string): Promise<string[]> {
	const { ticketId } = (await stack.conversationOf(customer)) ?? {};
	if (!ticketId) return [];
	return stack.zoho.desk
		.partsOf('comments', ticketId)
		.map(({ content }) => /says \d+/.exec(String(content))?.[0] ?? String(content));
}

it(
	'200 messages of 20 customers are on their tickets once each, in the order of each customer, although callbacks come three times and ten at once, and n8n is killed in the middle',
	async () => {
		Object.assign(stack.wecom.delivery, { copies: 3, parallel: 10 });
		const customers = await everybodyWrites();
		await until(async () => (await onTickets(customers)) >= TOTAL / 4, {
			what: 'a quarter of the messages to be on tickets',
			timeoutMs: A_FEW_MINUTES,
			everyMs: 1_000,
		});
		await stack.n8n.kill('SIGKILL');
		await stack.n8n.restart();
		await stack.client.logIn();
		await until(async () => (await onTickets(customers)) >= TOTAL, {
			what: 'every message to be on a ticket',
			timeoutMs: A_FEW_MINUTES,
			everyMs: 1_000,
		});

		expect(await rowsOf(customers)).toHaveLength(TOTAL);
		for (const customer of customers) {
			expect(await saidOnTickets(customer)).toEqual(
				range(MESSAGES_OF_EACH).map((number) => `says ${number}`),
			);
		}
		expect(stack.zoho.desk.records('tickets')).toHaveLength(CUSTOMERS);
		expect(
			stack.zoho.desk
				.records('contacts')
				.filter(({ lastName }) => String(lastName).startsWith('Customer ')),
		).toHaveLength(CUSTOMERS);
	},
	A_FEW_MINUTES,
);
