import { NAME, startDeskHub, type DeskHub } from './deskHub.mts';

let desk: DeskHub;
let contactId: string;
async function start(options: Parameters<typeof startDeskHub>[0] = {}) {
	desk = await startDeskHub(options);
	contactId = desk.zoho.desk.insert('contacts', { lastName: 'Zhang' });
}
afterEach(async () => await desk.close());

const portal = () => desk.zoho.desk;
const webhooks = () => portal().webhooks;
const LONG_AGO = '2026-01-05T08:00:00.000Z';
const newTicket = () =>
	portal().insert('tickets', {
		subject: 'Printer',
		contactId,
		departmentId: portal().departments[0].id,
		createdTime: LONG_AGO,
		modifiedTime: LONG_AGO,
	});
const creditsFor = async (work: () => Promise<unknown>) => {
	const before = portal().credits.used;
	await work();
	return portal().credits.used - before;
};
const requests = (method: string) =>
	portal()
		.requests.filter((each) => each.method === method && each.path.includes('/webhooks'))
		.map(({ path }) => path.replace(/^.*\/webhooks/, ''));

describe('the webhook of all triggers', () => {
	beforeEach(async () => await start());

	it('is made once, widened, narrowed and deleted', async () => {
		await desk.publish('a', { events: ['ticketCreated'] });
		const [{ id }] = webhooks();
		await desk.publish('b', { events: ['contactUpdated'] });
		expect(webhooks()).toMatchObject([
			{ id, name: NAME, subscriptions: { Ticket_Add: null, Contact_Update: null } },
		]);
		await desk.unpublish('a');
		expect(webhooks()).toMatchObject([
			{ id, url: `${desk.address}/b?key=secret`, subscriptions: { Contact_Update: null } },
		]);
		expect(webhooks()[0].subscriptions).not.toHaveProperty('Ticket_Add');
		await desk.unpublish('b');
		expect(webhooks()).toEqual([]);
	});

	it('is left alone, for three credits, when it is right', async () => {
		await desk.publish('a');
		expect(await creditsFor(async () => await desk.hub.align(desk.client))).toBe(3);
		expect(requests('PATCH')).toEqual([]);
	});

	it('is made anew where Desk knows no way to change it', async () => {
		await desk.publish('a', { events: ['ticketCreated'] });
		const [{ id }] = webhooks();
		portal().faults.add({ kind: 'status', status: 405, match: /^PATCH .*\/webhooks\// });
		await desk.publish('b', { events: ['ticketUpdated'] });
		expect(webhooks()).toHaveLength(1);
		expect(Object.keys(webhooks()[0].subscriptions).toSorted()).toEqual([
			'Ticket_Add',
			'Ticket_Update',
		]);
		expect(webhooks()[0].id).not.toBe(id);
	});

	it('is found again, and not doubled, when the answer to its creation is lost', async () => {
		portal().faults.add({ kind: 'dropAfterCommit', match: /^POST .*\/webhooks$/ });
		await expect(desk.publish('a')).rejects.toThrow();
		await desk.hub.align(desk.client);
		expect(webhooks()).toHaveLength(1);
		expect(requests('POST')).toHaveLength(1);
	});

	it('replaces what is left over of earlier times, and leaves those of others', async () => {
		await desk.publish('a');
		const [own] = webhooks();
		const foreign = { ...own, id: '431000000000999999', name: 'Of another system' };
		webhooks().push(foreign, { ...own, id: '431000000000999998', url: 'http://127.0.0.1:9/old' });
		const test = { ...own, id: '431000000000999997', name: `${NAME} test 01234567` };
		const recent = { ...test, id: '431000000000999996', createdTime: own.createdTime };
		webhooks().push({ ...test, createdTime: LONG_AGO }, recent);
		await desk.hub.align(desk.client);
		expect(webhooks()).toEqual([own, foreign, recent]);
	});

	it('is made anew when somebody has deleted or switched it off', async () => {
		const { receptions } = await desk.publish('a');
		webhooks()[0].isEnabled = false;
		await desk.pass(16 * 60);
		expect(webhooks()).toMatchObject([{ isEnabled: true }]);
		webhooks().length = 0;
		await desk.pass(16 * 60);
		expect(webhooks()).toHaveLength(1);
		expect(receptions.map(({ by }) => by)).toEqual(['nothing yet', 'webhook']);
	});

	it('keeps the events of triggers that are still to come, in the first minute after a restart', async () => {
		await desk.publish('a', { events: ['ticketCreated'] });
		await desk.publish('b', { events: ['contactUpdated'] });
		const [before] = webhooks();
		desk.restart();
		await desk.publish('b', { events: ['contactUpdated'] }, {}, { isRestart: true });
		expect(webhooks()).toMatchObject([{ ...before, modifiedTime: before.modifiedTime }]);
		await desk.pass(70);
		expect(webhooks()).toMatchObject([
			{ url: `${desk.address}/b?key=secret`, subscriptions: { Contact_Update: null } },
		]);
		expect(webhooks()[0].subscriptions).not.toHaveProperty('Ticket_Add');
	});

	it('does not stand in the way of the last trigger when it cannot be removed', async () => {
		await desk.publish('a');
		portal().faults.add({ kind: 'status', status: 500, match: /^DELETE / });
		await expect(desk.unpublish('a')).rejects.toThrow();
		await desk.unpublish('a');
		expect(webhooks()).toEqual([]);
	});
});

describe('where there is none', () => {
	it.each([
		['FREE', 0, 'This edition of Zoho Desk has no webhooks'],
		['PROFESSIONAL', 5, 'All webhooks of this Zoho Desk are taken (5)'],
	] as const)('%s with %d taken', async (edition, taken, message) => {
		await start({ edition });
		for (let n = 0; n < taken; n++) webhooks().push({ id: String(n), name: 'x' } as never);
		const { receptions, names } = await desk.publish('a', {}, { searchEveryMs: 60_000 });
		expect(receptions.at(-1)).toMatchObject({ by: 'search', reason: { message } });
		await desk.pass(5);
		portal().update('tickets', newTicket(), { status: 'On Hold' });
		await desk.pass(70);
		expect(names()).toEqual(['ticketUpdated by search']);
	});

	it('when Zoho does not reach n8n', async () => {
		await start();
		desk.answerWith(404);
		const { receptions } = await desk.publish('a');
		expect(receptions.at(-1)).toMatchObject({
			by: 'search',
			reason: { message: `Zoho Desk cannot reach this n8n at ${desk.address}` },
		});
		desk.answerWith(null);
		await desk.pass(16 * 60);
		expect(receptions.at(-1)).toEqual({ by: 'webhook' });
		expect(webhooks()).toHaveLength(1);
	});

	it('when the connected user lacks the right', async () => {
		await start();
		portal().agents[0].rolePermissionType = 'AgentPublic';
		const { receptions } = await desk.publish('a');
		expect(receptions.at(-1)).toMatchObject({ by: 'search', reason: { code: 'FORBIDDEN' } });
	});

	it('own writes are told by no search, and the creation of somebody else is', async () => {
		await start({ edition: 'FREE' });
		const { names, told } = await desk.publish('a', {}, { searchEveryMs: 60_000 });
		await desk.pass(3);
		const [own, other] = [newTicket(), newTicket()];
		const write = async (id: string) =>
			await desk.ownWrites.track(
				desk.client.portal,
				{ kind: 'ticket', action: 'updated', ids: [id] },
				{ status: 'Closed' },
				async () =>
					await desk.client.request({
						method: 'PATCH',
						path: `/tickets/${id}`,
						body: { status: 'Closed' },
					}),
			);
		await write(own);
		await write(other);
		await desk.pass(2);
		portal().update('tickets', other, { priority: 'High' });
		await desk.pass(80);
		expect(names()).toEqual(['ticketUpdated by search']);
		expect(told[0].record.id).toBe(other);
	});
});

describe('what is delivered', () => {
	beforeEach(async () => await start());
	const change = async (id: string, status = 'On Hold') => {
		portal().update('tickets', id, { status });
		await portal().delivered();
		await desk.pass(1);
	};

	it('is told to every trigger that wants it', async () => {
		const all = await desk.publish('a');
		const some = await desk.publish('b', { departmentIds: [portal().departments[1].id] });
		await change(newTicket());
		expect(all.names()).toEqual(['ticketUpdated by webhook']);
		expect(some.names()).toEqual([]);
	});

	it('is kept while the trigger is still to come', async () => {
		const { stop, feed } = await desk.publish('a');
		stop();
		desk.hub.enter('a', { url: `${desk.address}/a?key=secret`, wish: feed.settings.wish }, false);
		const id = newTicket();
		await change(id);
		const { names } = await desk.publish('a');
		await desk.pass(1);
		expect(names()).toEqual(['ticketUpdated by webhook']);
	});

	it('is not lost while Zoho has made the webhook and nobody knows its id yet', async () => {
		await desk.publish('a');
		const id = newTicket();
		desk.restart();
		const { names } = await desk.publish('b', {}, {}, { isRestart: true });
		portal().faults.add({ kind: 'slow', delayMs: 300, match: /^GET .*\/webhooks/ });
		desk.restart();
		const publishing = desk.publish('c', {}, {}, { isRestart: true });
		await change(id);
		const { names: ofNext } = await publishing;
		await desk.pass(1);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(names()).toEqual([]);
		expect(ofNext()).toEqual(['ticketUpdated by webhook']);
		expect(desk.refused).toBe(0);
	});

	it('is kept while the keys of Zoho cannot be read', async () => {
		const { names } = await desk.publish('a');
		desk.keysAreDown(true);
		await change(newTicket());
		expect(names()).toEqual([]);
		expect(desk.refused).toBe(0);
		desk.keysAreDown(false);
		await desk.pass(130);
		expect(names()).toEqual(['ticketUpdated by webhook']);
	});

	it('by a webhook that was just replaced is told, too', async () => {
		const { names } = await desk.publish('a', { events: ['ticketUpdated'] });
		const old = { ...webhooks()[0] };
		portal().faults.add({ kind: 'status', status: 405, match: /^PATCH .*\/webhooks\// });
		await desk.publish('b', { events: ['ticketCreated'] });
		webhooks().splice(0, 1, old);
		await change(newTicket());
		expect(names()).toEqual(['ticketUpdated by webhook']);
		await desk.pass(6 * 60);
		await change(newTicket());
		expect(desk.refused).toBe(1);
	});

	it('and lost is found by the next comparison, once', async () => {
		const { names } = await desk.publish('a');
		await desk.pass(5);
		const [lost, heard] = [newTicket(), newTicket()];
		desk.answerWith(500);
		await change(lost);
		desk.answerWith(null);
		await change(heard);
		await desk.pass(20 * 60);
		expect(names()).toEqual(['ticketUpdated by webhook', 'ticketUpdated by search']);
		await desk.pass(40 * 60);
		expect(names()).toHaveLength(2);
	});

	it('and lost stays lost when comparing is switched off', async () => {
		const { names } = await desk.publish('a', {}, { compareEveryMs: 0 });
		desk.answerWith(500);
		await change(newTicket());
		desk.answerWith(null);
		expect(await creditsFor(async () => await desk.pass(14 * 60))).toBe(0);
		expect(names()).toEqual([]);
	});

	it('while n8n was down is made up for once', async () => {
		const before = await desk.publish('a');
		await change(newTicket());
		const memory = before.feed.remembered();
		desk.restart();
		desk.answerWith(500);
		await change(newTicket());
		desk.answerWith(null);
		await desk.pass(600);
		const after = await desk.publish('a', {}, {}, { memory, isRestart: true });
		await desk.pass(30);
		expect(after.names()).toEqual(['ticketUpdated by search']);
		await desk.pass(40 * 60);
		expect(after.names()).toHaveLength(1);
	});

	it('costs three credits per kind and comparison, for all triggers together', async () => {
		await desk.publish('a');
		await desk.publish('b', { events: ['ticketUpdated', 'contactUpdated'] });
		await desk.pass(120);
		const perRound = 3 * 2 + 3;
		const spent = await creditsFor(async () => await desk.pass(60 * 60));
		expect(spent).toBe(4 * perRound);
	});
});
