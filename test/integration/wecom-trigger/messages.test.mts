import { groupBy, range, uniq } from 'lodash';
import {
	startWeComSimulator,
	type WeComSimulator,
} from '../../simulators/wecom/weComSimulator.mts';
import { until } from '../../e2e/stack/until.mts';
import {
	emptyDatabase,
	newWorkflowId,
	publishTrigger,
	type Database,
} from './publishedTrigger.mts';

let wecom: WeComSimulator;
let database: Database;
let openKfId: string;
let published: Array<{ kill(): Promise<void> }>;

beforeEach(async () => {
	wecom = await startWeComSimulator();
	openKfId = wecom.addAccount({ name: '售后' });
	database = emptyDatabase();
	published = [];
});
afterEach(async () => {
	for (const each of published) await each.kill();
	await wecom.close();
});

const publish = async (settings: Parameters<typeof publishTrigger>[2] = {}) => {
	const trigger = await publishTrigger(wecom, database, settings);
	published.push(trigger);
	wecom.useCallbackUrl(trigger.url);
	return trigger;
};

const texts = () => database.executions.map(({ message }) => message.text);
const brief = async () => await new Promise<void>((resolve) => setImmediate(resolve));
const arrival = async (count: number) =>
	await until(() => database.executions.filter(({ isOver }) => isOver).length >= count, {
		what: `${count} executions`,
		everyMs: 10,
	});

/** 200 messages of 20 customers, in a mixed order. */
async function manyWrite(customers: string[], from: number, to: number) {
	for (const number of range(from, to)) {
		const customer = customers[number % customers.length];
		await wecom.customerWrites(openKfId, customer, { text: `${customer} ${number}` });
	}
}

const numbersByCustomer = () =>
	Object.values(
		groupBy(
			database.executions.map(({ message }) => ({
				customer: message.externalUserId,
				number: Number(message.text.split(' ')[1]),
			})),
			'customer',
		),
	).map((ofCustomer) => ofCustomer.map(({ number }) => number));

describe('a message', () => {
	it('starts one execution with one item', async () => {
		const customer = wecom.addCustomer({ nickname: '王芳' });
		await publish();
		const messageId = await wecom.customerWrites(openKfId, customer, { text: '你好' });
		await arrival(1);
		expect(database.executions).toHaveLength(1);
		expect(database.executions[0].message).toMatchObject({
			messageId,
			openKfId,
			accountName: '售后',
			externalUserId: customer,
			customer: { nickname: '王芳' },
			from: 'customer',
			type: 'text',
			text: '你好',
			receivedBy: 'callback',
			attempt: 1,
			replyWindow: { messagesLeft: 5 },
		});
	});

	it('of 20 customers who write 200 comes once, in order per customer, however callbacks come', async () => {
		const customers = range(20).map(() => wecom.addCustomer());
		await publish({ work: brief });
		Object.assign(wecom.delivery, { copies: 3, parallel: 10, newestFirst: true });
		await manyWrite(customers, 0, 200);
		await arrival(200);
		await wecom.delivered();
		expect(uniq(texts())).toHaveLength(200);
		expect(database.executions).toHaveLength(200);
		for (const numbers of numbersByCustomer()) {
			expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
		}
		expect(uniq(wecom.callbacks.flatMap(({ answers }) => answers))).toEqual([200]);
	});

	it('is neither lost nor given twice when n8n ends in the middle', async () => {
		const workflowId = newWorkflowId();
		const customers = range(20).map(() => wecom.addCustomer());
		Object.assign(wecom.delivery, { copies: 3, parallel: 10 });
		let begun = 0;
		const first = await publish({
			workflowId,
			work: async () => {
				// From some time on nothing ends any more.
				if (++begun > 60) await new Promise(() => undefined);
			},
		});
		await manyWrite(customers, 0, 200);
		await until(() => begun >= 65, { what: 'executions that hang' });
		await wecom.delivered();
		await first.kill();
		const underWay = database.executions.filter(({ isOver }) => !isOver).map(({ key }) => key);
		expect(underWay).toHaveLength(5);

		await publish({ workflowId, activationMode: 'init', work: brief });
		await arrival(200);
		const again = database.executions.filter(({ message }) => message.attempt === 2);
		expect(again.map(({ message: { messageId } }) => messageId).sort()).toEqual(
			underWay.map((key) => key.split(':')[3]).sort(),
		);
		expect(database.executions).toHaveLength(205);
		expect(uniq(texts())).toHaveLength(200);
		const inOrder = numbersByCustomer().map((numbers) => uniq(numbers));
		for (const numbers of inOrder) {
			expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
		}
	});

	it('is given once more when the worker is lost over it, before the next message of the customer', async () => {
		const customer = wecom.addCustomer();
		let losses = 1;
		await publish({
			work: async ({ text }) => {
				await brief();
				if (text === 'first' && losses-- > 0) return 'workerLost';
				return undefined;
			},
		});
		for (const text of ['first', 'second'])
			await wecom.customerWrites(openKfId, customer, { text });
		await arrival(3);
		expect(database.executions.map(({ message: { text, attempt } }) => [text, attempt])).toEqual([
			['first', 1],
			['first', 2],
			['second', 1],
		]);
	});

	it('is given up when one worker after the other is lost over it', async () => {
		const customer = wecom.addCustomer();
		await publish({
			work: async ({ text }) => {
				await brief();
				return text === 'first' ? 'workerLost' : undefined;
			},
		});
		for (const text of ['first', 'second'])
			await wecom.customerWrites(openKfId, customer, { text });
		await arrival(4);
		expect(texts()).toEqual(['first', 'first', 'first', 'second']);
	});
});
