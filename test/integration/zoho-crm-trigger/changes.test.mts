import { startCrmTrigger, type CrmTrigger } from './crmTrigger.mts';

let crm: CrmTrigger;
beforeEach(async () => {
	crm = await startCrmTrigger();
});
afterEach(async () => await crm.close());

const brunner = { Last_Name: 'Brunner', Phone: '+41 44 555 01 23' };
const listsOf = (module: string) =>
	crm.zoho.requests.filter(({ path }) => path === `/crm/v8/${module}`).length;

describe('by notification', () => {
	it('tells once of what was created, updated and deleted', async () => {
		const { told, names } = await crm.publish();
		const id = crm.crm.create('Contacts', brunner);
		await crm.pass(3);
		crm.crm.update('Contacts', id, { Mobile: '+41 79 555 01 23' });
		await crm.pass(3);
		crm.crm.remove('Contacts', id);
		await crm.pass(3);
		expect(names()).toEqual([
			'created by notification',
			'updated by notification',
			'deleted by notification',
		]);
		expect(told[1]).toMatchObject({
			module: 'Contacts',
			recordId: id,
			record: { Last_Name: 'Brunner', Mobile: '+41 79 555 01 23' },
			changedFields: ['Mobile', 'Modified_Time'],
		});
		expect(told[2].record).toBeNull();
		await crm.pass(40 * 60, 30);
		expect(names()).toHaveLength(3);
	});

	it('a notification that comes three times, and changes within a moment, are told once', async () => {
		crm.crm.settings.copies = 3;
		const id = crm.zoho.insert('Contacts', brunner);
		await crm.pass(10 * 60, 60);
		const { told } = await crm.publish();
		crm.crm.update('Contacts', id, { Phone: '1' });
		crm.crm.update('Contacts', id, { Phone: '2' });
		await crm.pass(3);
		expect(told.map(({ record }) => record?.Phone)).toEqual(['2']);
	});

	it('a second change in the second of the first is told, too', async () => {
		const id = crm.zoho.insert('Contacts', brunner);
		await crm.pass(10 * 60, 60);
		const { told, keys } = await crm.publish();
		crm.crm.update('Contacts', id, { Phone: '1' });
		await crm.crm.delivered();
		await crm.pass(2);
		crm.clock.advance(-2_000);
		crm.crm.update('Contacts', id, { Phone: '2' });
		await crm.pass(3);
		expect(told.map(({ record }) => record?.Phone)).toEqual(['1', '2']);
		expect(new Set(keys).size).toBe(2);
	});

	it('500 records cost five requests for their content', async () => {
		const ids = Array.from({ length: 500 }, (_, index) =>
			crm.zoho.insert('Contacts', { Last_Name: `Contact ${index}` }),
		);
		await crm.pass(10 * 60, 60);
		const { told } = await crm.publish({ changes: ['updated'] });
		const before = listsOf('Contacts');
		crm.crm.update('Contacts', ids, { Title: 'Director' });
		await crm.pass(3);
		expect(told).toHaveLength(500);
		expect(listsOf('Contacts') - before).toBe(5);
	});

	it('what Zoho refuses to show is not asked for all the time, and told once it shows it', async () => {
		const { names, problems } = await crm.publish({}, { compareEveryMs: 0 });
		crm.zoho.faults.add({
			kind: 'status',
			status: 403,
			times: 100_000,
			match: /^GET .*Contacts$/,
		});
		for (let count = 0; count < 300; count++) crm.crm.create('Contacts', brunner);
		const before = listsOf('Contacts');
		await crm.pass(1_800, 5);
		expect(problems.length).toBeGreaterThan(0);
		expect(listsOf('Contacts') - before).toBeLessThanOrEqual(3);
		crm.zoho.faults.clear();
		await crm.pass(2 * 3_600, 60);
		expect(names()).toHaveLength(300);
	});

	it('a record that is gone by then is told as deleted, if that is wanted', async () => {
		const all = await crm.publish();
		const id = crm.crm.create('Contacts', brunner);
		await crm.crm.delivered();
		crm.crm.settings.isLosing = true;
		crm.crm.remove('Contacts', id);
		await crm.pass(3);
		expect(all.names()).toEqual(['deleted by notification']);
	});

	it('a lead that was converted is told as updated', async () => {
		const contact = crm.zoho.insert('Contacts', brunner);
		const lead = crm.zoho.insert('Leads', { ...brunner, Company: 'Brunner AG' });
		await crm.pass(10 * 60, 60);
		const { told } = await crm.publish({ modules: ['Leads'] });
		crm.crm.convert(lead, contact);
		await crm.pass(3);
		expect(told).toMatchObject([{ change: 'updated', record: { id: lead, Converted__s: true } }]);
	});

	it('own writes start nothing, and what somebody else does to the record does', async () => {
		const { names, told } = await crm.publish();
		const asked = { method: 'POST', path: '/Contacts', body: { data: [brunner] } } as const;
		const { body } = await crm.ownWrites.track(
			crm.client.apiUrl,
			asked,
			async () => await crm.client.write(asked),
		);
		const [{ details }] = body?.data as Array<{ details: { id: string } }>;
		await crm.pass(3);
		expect(names()).toEqual([]);
		crm.crm.update('Contacts', details.id, { Title: 'Director' }, crm.zoho.users[1].id);
		await crm.pass(3);
		expect(told).toMatchObject([{ change: 'updated', record: { Title: 'Director' } }]);
	});

	it('without the changes of the connected user, also deletions, those of others are told', async () => {
		const [eva, marco] = crm.zoho.users;
		const { names, told } = await crm.publish({}, { ignore: 'user' }, {}, eva.id);
		const [one, other] = [crm.crm.create('Contacts', brunner), crm.crm.create('Contacts', brunner)];
		await crm.pass(3);
		crm.crm.remove('Contacts', one);
		crm.crm.remove('Contacts', other, marco.id);
		await crm.pass(3);
		expect(names()).toEqual(['deleted by notification']);
		expect(told[0].recordId).toBe(other);
	});

	it('with chosen fields, only their updates', async () => {
		const id = crm.zoho.insert('Contacts', brunner);
		await crm.pass(10 * 60, 60);
		const { told } = await crm.publish({ updatedFields: { Contacts: ['Phone', 'Mobile'] } });
		expect(crm.crm.channels()[0].conditions).toMatchObject([
			{ module: 'Contacts', fields: ['Phone', 'Mobile'] },
		]);
		crm.crm.update('Contacts', id, { Title: 'Director' });
		await crm.pass(3);
		crm.crm.update('Contacts', id, { Phone: '2' });
		await crm.pass(3);
		expect(told.map(({ changedFields }) => changedFields)).toEqual([['Phone', 'Modified_Time']]);
	});
});

describe('lost notifications', () => {
	it('are made up for by the next comparison, once, deletions too', async () => {
		const gone = crm.zoho.insert('Contacts', brunner);
		await crm.pass(10 * 60, 60);
		const { names } = await crm.publish();
		crm.crm.settings.isLosing = true;
		crm.crm.create('Contacts', brunner);
		crm.crm.remove('Contacts', gone);
		await crm.pass(17 * 60, 30);
		expect(names()).toEqual(['created by search', 'deleted by search']);
		await crm.pass(40 * 60, 30);
		expect(names()).toHaveLength(2);
	});

	it('more than one page of them, and many in one second', async () => {
		const { told } = await crm.publish();
		crm.crm.settings.isLosing = true;
		for (let index = 0; index < 450; index++) crm.crm.create('Contacts', brunner);
		await crm.pass(17 * 60, 30);
		expect(new Set(told.map(({ recordId }) => recordId)).size).toBe(450);
		expect(told).toHaveLength(450);
	});

	it('while n8n was down, a day long, are made up for at the start, once each', async () => {
		const before = await crm.publish();
		const id = crm.crm.create('Contacts', brunner);
		await crm.pass(3);
		expect(before.names()).toEqual(['created by notification']);
		before.end();
		const memory = before.feed.remembered();
		crm.crm.update('Contacts', id, { Title: 'Director' });
		const other = crm.crm.create('Contacts', brunner);
		await crm.pass(20 * 3_600, 3_600);
		const after = await crm.publish({}, {}, memory);
		await crm.pass(5);
		expect(after.told.map(({ change, recordId }) => [change, recordId])).toEqual([
			['updated', id],
			['created', other],
		]);
		expect(crm.crm.channels()).toHaveLength(1);
		const again = await crm.publish({}, {}, after.feed.remembered());
		await crm.pass(40 * 60, 30);
		expect(again.names()).toEqual([]);
	});

	it('are all made up for, also while somebody changes what is on the pages before', async () => {
		const before = await crm.publish({}, { receiveBy: 'search' });
		before.end();
		const ids = Array.from({ length: 450 }, () => {
			crm.clock.advance(60_000);
			return crm.crm.create('Contacts', brunner);
		});
		const { requests } = crm.zoho;
		const push = requests.push.bind(requests);
		let pages = 0;
		requests.push = (...entries) => {
			const isPage = entries[0].path === '/crm/v8/Contacts';
			if (isPage && ++pages === 2) crm.crm.update('Contacts', ids[0], { Title: 'Director' });
			return push(...entries);
		};
		const memory = before.feed.remembered();
		const { told } = await crm.publish({}, { receiveBy: 'search' }, memory);
		await crm.pass(5);
		const created = told.filter(({ change }) => change === 'created');
		expect(created.map(({ recordId }) => recordId).sort()).toEqual([...ids].sort());
		expect(pages).toBeGreaterThan(2);
	});

	it('from before the publication are none of its business', async () => {
		crm.crm.create('Contacts', brunner);
		await crm.pass(60, 10);
		const { names } = await crm.publish();
		await crm.pass(40 * 60, 30);
		expect(names()).toEqual([]);
	});
});

describe('where there are no notifications', () => {
	it.each([
		[
			'an address without https',
			() => {
				crm.crm.settings.notifyUrls = 'https';
			},
			'Zoho CRM sends notifications to https addresses only',
		],
		[
			'no channel left',
			() => {
				crm.crm.settings.mostChannels = 0;
			},
			'Zoho CRM gives the connected user no more notification channels',
		],
	])('%s: goes on by search', async (_what, prepare, message) => {
		prepare();
		const { names, receptions } = await crm.publish();
		expect(receptions.at(-1)).toMatchObject({
			by: 'search',
			reason: { message: expect.stringContaining(message) as string },
		});
		await crm.pass(5);
		crm.crm.create('Contacts', brunner);
		await crm.pass(6 * 60, 10);
		expect(names()).toEqual(['created by search']);
	});
});
