import { range } from 'lodash';
import type { WeComOptions } from '../../simulators/wecom/weComSimulator.mts';
import {
	startWeComSimulator,
	type WeComSimulator,
} from '../../simulators/wecom/weComSimulator.mts';
import { until } from '../../e2e/stack/until.mts';
import { fastClock } from './fastClock.mts';
import {
	emptyDatabase,
	newWorkflowId,
	publishTrigger,
	type Database,
} from './publishedTrigger.mts';

/** A minute is half a second. */
const FACTOR = 120;

let clock: ReturnType<typeof fastClock>;
let wecom: WeComSimulator;
let database: Database;
let published: Array<{ kill(): Promise<void> }>;

async function startWeCom(options: WeComOptions = {}) {
	clock = fastClock(FACTOR);
	wecom = await startWeComSimulator({ now: clock.now, ...options });
	database = emptyDatabase();
	published = [];
	const openKfId = wecom.addAccount({ name: '售后' });
	return { openKfId, customer: wecom.addCustomer({ nickname: '王芳' }) };
}
afterEach(async () => {
	for (const each of published) await each.kill();
	await wecom.close();
	clock.stop();
});

const publish = async (settings: Parameters<typeof publishTrigger>[2] = {}) => {
	const trigger = await publishTrigger(wecom, database, settings);
	published.push(trigger);
	wecom.useCallbackUrl(trigger.url);
	return trigger;
};
const texts = () => database.executions.map(({ message }) => message.text);
const arrival = async (count: number) =>
	await until(() => database.executions.filter(({ isOver }) => isOver).length >= count, {
		what: `${count} executions`,
		everyMs: 10,
	});
const readings = () => wecom.requests.filter(({ path }) => path === 'kf/sync_msg');
const readingsWithoutToken = () =>
	readings().filter(({ body }) => (body as { token?: string }).token === undefined);

describe('reading', () => {
	it('finds a message whose callback was lost', async () => {
		const { openKfId, customer } = await startWeCom();
		await publish();
		wecom.delivery.lose = true;
		await wecom.customerWrites(openKfId, customer, { text: 'lost' });
		await arrival(1);
		expect(database.executions[0].message).toMatchObject({ text: 'lost', receivedBy: 'poll' });
	});

	it('goes on without the token of a callback that came too late', async () => {
		const { openKfId, customer } = await startWeCom();
		await publish({ parameters: { options: { pollSeconds: 0 } } });
		wecom.faults.answers.push({
			kind: 'errcode',
			errcode: 95007,
			path: 'kf/sync_msg',
			times: 1,
		});
		await wecom.customerWrites(openKfId, customer, { text: 'late' });
		await arrival(1);
		expect(texts()).toEqual(['late']);
		expect(readings().map(({ errcode }) => errcode)).toEqual([0, 95007, 0]);
		expect(database.failures).toEqual([]);
	});

	it('waits when WeCom asks for fewer calls', async () => {
		const { openKfId, customer } = await startWeCom();
		const { warnings } = await publish({ parameters: { options: { pollSeconds: 0 } } });
		wecom.faults.answers.push({
			kind: 'errcode',
			errcode: 45009,
			path: 'kf/sync_msg',
			times: 4,
		});
		await wecom.customerWrites(openKfId, customer, { text: 'patience' });
		await arrival(1);
		expect(texts()).toEqual(['patience']);
		expect(database.failures).toEqual([]);
		expect(warnings.join()).not.toContain(wecom.secret);
	});

	it('goes on behind an empty page that has more after it', async () => {
		const { openKfId, customer } = await startWeCom();
		await publish({ parameters: { options: { pollSeconds: 0 } } });
		wecom.faults.emptyPages = 2;
		await wecom.customerWrites(openKfId, customer, { text: 'behind' });
		await arrival(1);
		expect(texts()).toEqual(['behind']);
	});

	it('neither spins nor gives messages again when the cursor does not move', async () => {
		const { openKfId, customer } = await startWeCom();
		const { warnings } = await publish({ parameters: { options: { pollSeconds: 0 } } });
		wecom.faults.stuckCursors = 2;
		await wecom.customerWrites(openKfId, customer, { text: 'one' });
		await arrival(1);
		await until(() => wecom.faults.stuckCursors === 0, { what: 'both stuck cursors' });
		await wecom.customerWrites(openKfId, customer, { text: 'two' });
		await arrival(2);
		expect(texts()).toEqual(['one', 'two']);
		expect(warnings.join()).toContain('gives no way to read them');
	});

	it('reads pages one after the other', async () => {
		const { openKfId, customer } = await startWeCom({ messagesPerPageAtMost: 7 });
		for (const number of range(50)) {
			await wecom.customerWrites(openKfId, customer, { text: String(number) });
		}
		await publish({ parameters: { firstStart: 'takeHistory' } });
		await arrival(50);
		expect(texts()).toEqual(range(50).map(String));
	});

	it('takes the first message in an account that the app has got meanwhile without a word', async () => {
		const { customer } = await startWeCom();
		await publish({ parameters: { options: { pollSeconds: 0 } } });
		const added = wecom.addAccount({ name: '售前' });
		wecom.delivery.delayMs = 50;
		await wecom.customerWrites(added, customer, { text: 'the first' });
		await arrival(1);
		expect(database.executions[0].message).toMatchObject({
			openKfId: added,
			accountName: '售前',
			text: 'the first',
		});
	});

	it('stays below the limit of calls without token, over many accounts', async () => {
		await startWeCom();
		const accounts = range(11).map((number) => wecom.addAccount({ name: `Account ${number}` }));
		await publish({ parameters: { options: { pollSeconds: 30 } } });
		await until(() => readingsWithoutToken().length > 30, { what: 'many readings' });
		expect(readings().filter(({ errcode }) => errcode === 45009)).toEqual([]);
		const read = new Set(readings().map(({ body }) => (body as { open_kfid: string }).open_kfid));
		expect([...read]).toEqual(expect.arrayContaining(accounts));
	});

	it('of one account does not wait for those of others when a callback has come', async () => {
		const { openKfId, customer } = await startWeCom();
		for (const number of range(30)) wecom.addAccount({ name: `Account ${number}` });
		await publish({ parameters: { options: { pollSeconds: 30 } } });
		const before = readingsWithoutToken().length;
		await wecom.customerWrites(openKfId, customer, { text: 'at once' });
		await arrival(1);
		expect(readingsWithoutToken().length - before).toBeLessThan(8);
		expect(database.executions[0].message.receivedBy).toBe('callback');
	});
});

describe('the first start', () => {
	it.each([
		['skipHistory', ['new']],
		['takeHistory', ['old', 'new']],
	])('with %s gives %j', async (firstStart, expected) => {
		const { openKfId, customer } = await startWeCom();
		await wecom.customerWrites(openKfId, customer, { text: 'old' });
		const before = clock.now();
		await until(() => clock.now() > before + 3_000, { what: 'another second', everyMs: 5 });
		await publish({ parameters: { firstStart } });
		await wecom.customerWrites(openKfId, customer, { text: 'new' });
		await arrival(expected.length);
		expect(texts()).toEqual(expected);
	});

	it('is over after a restart: what came meanwhile is given', async () => {
		const { openKfId, customer } = await startWeCom();
		const workflowId = newWorkflowId();
		const first = await publish({ workflowId });
		await first.kill();
		await wecom.customerWrites(openKfId, customer, { text: 'meanwhile' });
		await publish({ workflowId, activationMode: 'init' });
		await arrival(1);
		expect(texts()).toEqual(['meanwhile']);
	});

	it('is over after a new publication', async () => {
		const { openKfId, customer } = await startWeCom();
		const workflowId = newWorkflowId();
		const first = await publish({ workflowId });
		await wecom.customerWrites(openKfId, customer, { text: 'one' });
		await arrival(1);
		await first.unpublish();
		await wecom.customerWrites(openKfId, customer, { text: 'two' });
		await publish({ workflowId, activationMode: 'update' });
		await arrival(2);
		expect(texts()).toEqual(['one', 'two']);
		expect(database.executions.map(({ message }) => message.attempt)).toEqual([1, 1]);
	});
});

describe('a restart', () => {
	it('gives nothing again that has ended', async () => {
		const { openKfId, customer } = await startWeCom();
		const workflowId = newWorkflowId();
		const first = await publish({ workflowId });
		await wecom.customerWrites(openKfId, customer, { text: 'one' });
		await arrival(1);
		await until(() => Object.keys(first.stored().accounts[openKfId].started ?? {}).length === 0, {
			what: 'the end in the memory',
		});
		await first.kill();
		await publish({ workflowId, activationMode: 'init' });
		await wecom.customerWrites(openKfId, customer, { text: 'two' });
		await arrival(2);
		expect(database.executions.map(({ message }) => [message.text, message.attempt])).toEqual([
			['one', 1],
			['two', 1],
		]);
	});

	it('while WeCom is down goes on when it is back', async () => {
		const { openKfId, customer } = await startWeCom();
		const workflowId = newWorkflowId();
		const first = await publish({ workflowId });
		await first.kill();
		wecom.faults.answers.push({ kind: 'serverError' });
		await wecom.customerWrites(openKfId, customer, { text: 'meanwhile' });
		const { warnings } = await publish({ workflowId, activationMode: 'init' });
		expect(warnings.join()).toContain('goes on after a problem');
		wecom.faults.answers = [];
		await arrival(1);
		expect(texts()).toEqual(['meanwhile']);
	});
});

describe('an execution', () => {
	it('of a customer waits for the one before, and others do not wait for it', async () => {
		const { openKfId, customer } = await startWeCom();
		const other = wecom.addCustomer();
		let release: () => void = () => undefined;
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		await publish({
			work: async ({ text }) => {
				if (text === 'slow') await held;
			},
		});
		await wecom.customerWrites(openKfId, customer, { text: 'slow' });
		await wecom.customerWrites(openKfId, customer, { text: 'after' });
		await wecom.customerWrites(openKfId, other, { text: 'other' });
		await arrival(1);
		expect(texts()).toEqual(['slow', 'other']);
		release();
		await arrival(3);
		expect(texts()).toEqual(['slow', 'other', 'after']);
	});

	it('for a customer who opens the chat starts at once, so that a welcome is in time', async () => {
		const { openKfId, customer } = await startWeCom();
		const others = range(3).map(() => wecom.addCustomer());
		await publish({
			parameters: { options: { customersAtATime: 1 } },
			work: async ({ type }) => {
				if (type === 'text') await new Promise(() => undefined);
			},
		});
		for (const other of others) await wecom.customerWrites(openKfId, other, { text: 'hangs' });
		await wecom.customerEnters(openKfId, customer, { scene: 'poster7' });
		await arrival(1);
		const [welcomed] = database.executions.filter(({ isOver }) => isOver);
		expect(welcomed.message).toMatchObject({
			type: 'event',
			event: { type: 'enterSession', scene: 'poster7', welcomeCode: expect.any(String) },
		});
	});

	it('for a customer who opened the chat long ago waits for its turn, since no welcome would be taken', async () => {
		const { openKfId } = await startWeCom();
		const customers = range(6).map(() => wecom.addCustomer());
		for (const each of customers) await wecom.customerEnters(openKfId, each);
		const enteredAt = clock.now();
		await until(() => clock.now() - enteredAt > 2 * 60_000, { what: 'two minutes' });
		let running = 0;
		let most = 0;
		await publish({
			parameters: { firstStart: 'takeHistory', options: { customersAtATime: 2 } },
			work: async () => {
				most = Math.max(most, ++running);
				await new Promise((resolve) => setImmediate(resolve));
				running--;
			},
		});
		await arrival(6);
		expect(most).toBeLessThanOrEqual(2);
	});

	it('that hangs holds its customer up for some minutes only', async () => {
		const { openKfId, customer } = await startWeCom();
		await publish({
			work: async ({ text }) => {
				if (text === 'hangs') await new Promise(() => undefined);
			},
		});
		await wecom.customerWrites(openKfId, customer, { text: 'hangs' });
		await wecom.customerWrites(openKfId, customer, { text: 'after' });
		await arrival(1);
		expect(texts()).toEqual(['hangs', 'after']);
	});
});

describe('a file', () => {
	const bytes = Buffer.from('%PDF-1.4 价目表');

	it('is fetched to a binary field', async () => {
		const { openKfId, customer } = await startWeCom();
		await publish({ parameters: { binaryPropertyName: 'attachment' } });
		await wecom.customerWrites(openKfId, customer, { file: { name: '价目表.pdf', bytes } });
		await arrival(1);
		const [{ item, message }] = database.executions;
		expect(Buffer.from(item.binary?.attachment.data ?? '', 'base64')).toEqual(bytes);
		expect(message).toMatchObject({
			type: 'file',
			text: '[File] 价目表.pdf',
			media: { fileName: '价目表.pdf', sizeBytes: bytes.length, error: null },
		});
	});

	it('is not fetched if nobody wants it', async () => {
		const { openKfId, customer } = await startWeCom();
		await publish({ parameters: { downloadMedia: false } });
		await wecom.customerWrites(openKfId, customer, { file: { name: '价目表.pdf', bytes } });
		await arrival(1);
		expect(database.executions[0].item.binary).toBeUndefined();
		expect(wecom.requests.some(({ path }) => path === 'media/get')).toBe(false);
	});

	it('that is gone holds nothing up: the item says why', async () => {
		const { openKfId, customer } = await startWeCom();
		wecom.faults.answers.push({ kind: 'errcode', errcode: 40007, path: 'media/get' });
		await publish();
		await wecom.customerWrites(openKfId, customer, { file: { name: '价目表.pdf', bytes } });
		await wecom.customerWrites(openKfId, customer, { text: 'after' });
		await arrival(2);
		expect(database.executions[0].message.media?.error).toContain('media');
		expect(texts()[1]).toBe('after');
	});
});

describe('lasting trouble', () => {
	it('is reported once, and what came meanwhile is given when it is over', async () => {
		const { openKfId, customer } = await startWeCom();
		await publish({ parameters: { options: { pollSeconds: 30 } } });
		wecom.faults.untrustedIp = true;
		await wecom.customerWrites(openKfId, customer, { text: 'unread' });
		await until(() => database.failures.length > 0, { what: 'the report' });
		const before = readings().length;
		await until(() => readings().length > before, { what: 'another try' });
		expect(database.failures).toHaveLength(1);
		wecom.faults.untrustedIp = false;
		await arrival(1);
		expect(texts()).toEqual(['unread']);
	});
});
