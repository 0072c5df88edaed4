import { CHANNEL_ID, startCrmTrigger, type CrmTrigger } from './crmTrigger.mts';

let crm: CrmTrigger;
beforeEach(async () => {
	crm = await startCrmTrigger();
});
afterEach(async () => await crm.close());

const WATCH = /\/actions\/watch$/;
const isThere = () => crm.crm.channels().some(({ id }) => id === CHANNEL_ID);
const made = () =>
	crm.zoho.requests.filter(({ method, path }) => method === 'POST' && WATCH.test(path)).length;

/** Puts the clock forward in steps. @returns the hours at which there was no channel */
async function hoursWithout(hours: number, stepMinutes = 30): Promise<number[]> {
	const without: number[] = [];
	for (let passed = 0; passed < hours * 60; passed += stepMinutes) {
		await crm.pass(stepMinutes * 60, stepMinutes * 60);
		if (!isThere()) without.push(passed / 60);
	}
	return without;
}
const quiet = { compareEveryMs: 0 };

describe('the channel of a trigger', () => {
	it('is never missing in a month, and made once', async () => {
		await crm.publish({}, quiet);
		expect(await hoursWithout(30 * 24)).toEqual([]);
		expect(made()).toBe(1);
		const renewals = crm.zoho.requests.filter(({ method }) => method === 'PATCH');
		expect(renewals.length).toBeGreaterThanOrEqual(28);
		expect(renewals.length).toBeLessThanOrEqual(31);
	});

	it('is not missing when Zoho refuses to renew it for a day', async () => {
		const { problems } = await crm.publish({}, quiet);
		expect(await hoursWithout(20)).toEqual([]);
		crm.zoho.faults.add({ kind: 'status', status: 500, times: 100_000, match: /^PATCH .*watch$/ });
		expect(await hoursWithout(28)).toEqual([]);
		expect(problems.length).toBeGreaterThan(0);
		crm.zoho.faults.clear();
		expect(await hoursWithout(14 * 24)).toEqual([]);
		expect(made()).toBe(1);
	});

	it('is made anew within an hour when Zoho forgets it, and what was missed is told', async () => {
		const { names } = await crm.publish({}, quiet);
		await hoursWithout(10);
		crm.crm.forgetChannels();
		crm.crm.create('Contacts', { Last_Name: 'Brunner' });
		expect((await hoursWithout(48)).length).toBeLessThanOrEqual(2);
		expect(made()).toBe(2);
		await crm.pass(5);
		expect(names()).toEqual(['created by search']);
	});

	it('is renewed in time when Zoho gives an hour only', async () => {
		crm.crm.settings.givesAnHourOnly = true;
		await crm.publish({}, quiet);
		expect(await hoursWithout(72, 10)).toEqual([]);
		expect(made()).toBe(1);
	});

	it('of an earlier publication is replaced, and kept when it is right', async () => {
		const first = await crm.publish({ changes: ['created'] }, quiet);
		first.end();
		const second = await crm.publish({ modules: ['Contacts', 'Leads'] }, quiet);
		second.end();
		expect(crm.crm.channels()).toMatchObject([
			{ id: CHANNEL_ID, events: ['Contacts.all', 'Leads.all'], onRelatedAction: false },
		]);
		await crm.publish({ modules: ['Contacts', 'Leads'] }, quiet);
		const writes = crm.zoho.requests.filter(
			({ method, path }) => WATCH.test(path) && method !== 'GET',
		);
		expect(writes.map(({ method }) => method)).toEqual(['POST', 'PUT']);
	});

	it('ends with the publication, and only then', async () => {
		const { keeper, end } = await crm.publish({}, quiet);
		end();
		expect(isThere()).toBe(true);
		await keeper.release(crm.client, CHANNEL_ID);
		expect(isThere()).toBe(false);
		await keeper.release(crm.client, CHANNEL_ID);
	});

	it('is heard no more once it was to end, even if Zoho could not be told', async () => {
		const { keeper, end } = await crm.publish({}, quiet);
		end();
		expect(keeper.hearsSince()).not.toBeNull();
		crm.zoho.faults.add({ kind: 'status', status: 500, times: 100, match: /^DELETE .*watch$/ });
		await expect(keeper.release(crm.client, CHANNEL_ID)).rejects.toThrow();
		expect(keeper.hearsSince()).toBeNull();
		expect(keeper.nextAt()).toBe(Infinity);
	});

	it('waits for a credential that does not connect, and does not ask without a pause', async () => {
		const { problems } = await crm.publish({}, quiet);
		crm.connection.failure = new Error('The credential is not connected');
		// The first hour the channel needs no look.
		await crm.pass(3_600, 600);
		crm.connection.asked = 0;
		await crm.pass(600);
		expect(problems.length).toBeGreaterThan(0);
		expect(crm.connection.asked).toBeGreaterThan(10);
		expect(crm.connection.asked).toBeLessThanOrEqual(21);
		crm.connection.failure = null;
		await crm.pass(60, 5);
		expect(isThere()).toBe(true);
	});

	it('takes no notification with another token', async () => {
		await crm.publish();
		const post = async (body: object) =>
			(await fetch(crm.address, { method: 'POST', body: JSON.stringify(body) })).status;
		const notification = {
			module: 'Contacts',
			ids: ['1'],
			operation: 'delete',
			affected_fields: [],
		};
		expect(await post({ ...notification, channel_id: CHANNEL_ID, token: 'guess' })).toBe(403);
		expect(await post({ ...notification, channel_id: '1', token: 'token-of-the-channel' })).toBe(
			403,
		);
		expect(crm.refused).toBe(2);
	});
});
