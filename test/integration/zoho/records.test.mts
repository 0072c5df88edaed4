import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { automatic, byId, crmRequests, mapped, runZoho } from './zohoNode.mts';

const KINDS = [
	{
		resource: 'contact',
		module: 'Contacts',
		fields: { Last_Name: 'Brunner', Email: 'nora@example.ch', Phone: '+41 44 555 01 23' },
		match: 'Email',
	},
	{
		resource: 'lead',
		module: 'Leads',
		fields: { Last_Name: 'Brunner', Company: 'Acme', Email: 'nora@example.ch' },
		match: 'Email',
	},
	{
		resource: 'account',
		module: 'Accounts',
		fields: { Account_Name: 'Acme', Phone: '+41 44 555 01 23' },
		match: 'Account_Name',
	},
];

let zoho: ZohoSimulator;
beforeEach(async () => {
	zoho = await startZohoSimulator();
});
afterEach(async () => {
	await zoho.close();
});

describe.each(KINDS)('$resource', ({ resource, module, fields, match }) => {
	it('Create', async () => {
		const { items, hints } = await runZoho(zoho, {
			resource,
			operation: 'create',
			fields: mapped({ ...fields, Description: '' }),
		});
		const [record] = zoho.records(module);
		expect(record).toMatchObject(fields);
		expect(items).toEqual([
			{
				json: {
					...fields,
					id: record.id,
					Created_Time: record.Created_Time,
					Modified_Time: record.Modified_Time,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(crmRequests(zoho)).toEqual([`POST /crm/v8/${module}`]);
		expect(hints).toEqual([
			{ message: 'This run used 2 Zoho CRM API credits.', location: 'outputPane' },
		]);
	});

	it('Create or Update creates, then updates', async () => {
		const upsert = async (description: string) => {
			const { items } = await runZoho(zoho, {
				resource,
				operation: 'upsert',
				fields: mapped({ ...fields, Description: description }, [match]),
			});
			return items[0].json;
		};
		const created = await upsert('one');
		const updated = await upsert('two');
		expect(created).toMatchObject({ action: 'insert' });
		expect(updated).toMatchObject({ action: 'update', id: created.id });
		expect(zoho.records(module)).toMatchObject([{ id: created.id, Description: 'two' }]);
	});

	it('Get', async () => {
		const id = zoho.insert(module, fields);
		const get = { resource, operation: 'get', recordId: byId(id) };
		const whole = await runZoho(zoho, get);
		expect(whole.items[0].json).toMatchObject({ ...fields, id });
		const chosen = await runZoho(zoho, { ...get, options: { returnFields: [match] } });
		expect(chosen.items[0].json).toEqual({ id, [match]: zoho.records(module)[0][match] });
	});

	it('Get takes the address in the browser', async () => {
		const id = zoho.insert(module, fields);
		const value = `https://crm.zoho.eu/crm/org20091111222/tab/${module}/${id}`;
		const { items } = await runZoho(zoho, {
			resource,
			operation: 'get',
			recordId: { __rl: true, mode: 'url', value },
		});
		expect(items[0].json.id).toBe(id);
	});

	it('Update', async () => {
		const id = zoho.insert(module, { ...fields, Description: 'to be cleared' });
		const { items } = await runZoho(zoho, {
			resource,
			operation: 'update',
			recordId: byId(id),
			fields: mapped({ Phone: '+41 44 555 01 99' }),
			options: { clearFields: ['Description'] },
		});
		expect(items[0].json).toMatchObject({ id, Phone: '+41 44 555 01 99' });
		expect(zoho.records(module)).toMatchObject([
			{ ...fields, Phone: '+41 44 555 01 99', Description: null },
		]);
	});

	it('Delete', async () => {
		const id = zoho.insert(module, fields);
		const { items } = await runZoho(zoho, { resource, operation: 'delete', recordId: byId(id) });
		expect(items).toEqual([{ json: { deleted: true }, pairedItem: { item: 0 } }]);
		expect(zoho.records(module)).toEqual([]);
	});

	it('Get Many', async () => {
		const ids = Array.from({ length: 3 }, () => zoho.insert(module, fields));
		const { items } = await runZoho(zoho, {
			resource,
			operation: 'getAll',
			limit: 2,
			sort: { rule: { by: 'id', direction: 'asc' } },
		});
		expect(items.map(({ json }) => json.id)).toEqual(ids.slice(0, 2));
		expect(items[0].json).toMatchObject(fields);
	});

	it.each(['get', 'update', 'delete'])('%s of a record that does not exist', async (operation) => {
		const parameters = {
			resource,
			operation,
			recordId: byId('554023000009999999'),
			...(operation === 'update' ? { fields: mapped({ Phone: '1' }) } : {}),
		};
		await expect(runZoho(zoho, parameters)).rejects.toMatchObject({
			message: expect.stringMatching(/does not know the record|has no record/) as string,
			description: expect.stringMatching(/still exists|not deleted/) as string,
		});
	});
});

describe('fields', () => {
	const create = { resource: 'contact', operation: 'create' };

	it('refuses a field that Zoho would drop without a word', async () => {
		const fields = mapped({ Last_Name: 'Brunner', Telephone: '1' });
		await expect(runZoho(zoho, { ...create, fields })).rejects.toThrow(
			'Zoho CRM has no field "Telephone" in Contacts',
		);
		expect(crmRequests(zoho)).toEqual([]);
	});

	it('maps the input automatically, leaving out what nobody can write', async () => {
		const id = zoho.insert('Contacts', { Last_Name: 'Brunner', Direct_Line: '201' });
		const { items } = await runZoho(zoho, {
			resource: 'contact',
			operation: 'get',
			recordId: byId(id),
		});
		const copy = { ...items[0].json, Last_Name: 'Copy' };
		await runZoho(
			zoho,
			{ ...create, fields: automatic, options: { ignoreUnknownFields: true } },
			{
				items: [copy],
			},
		);
		expect(zoho.records('Contacts')[1]).toMatchObject({ Last_Name: 'Copy', Direct_Line: '201' });
		expect(zoho.records('Contacts')[1].id).not.toBe(id);
	});

	it('leaves unknown input fields out only when asked to', async () => {
		const parameters = { ...create, fields: automatic };
		const setup = { items: [{ Last_Name: 'Brunner', callId: 'x' }] };
		await expect(runZoho(zoho, parameters, setup)).rejects.toThrow(/no field "callId"/);
		await runZoho(zoho, { ...parameters, options: { ignoreUnknownFields: true } }, setup);
		expect(zoho.records('Contacts')).toHaveLength(1);
	});

	it('takes an owner by e-mail address, times in any form and custom fields', async () => {
		await runZoho(zoho, {
			...create,
			fields: mapped({
				Last_Name: 'Brunner',
				Owner: 'MARCO@example.ch',
				Customer_Class: 'A',
				Date_of_Birth: '1980-05-06T00:00:00.000Z',
			}),
		});
		expect(zoho.records('Contacts')).toMatchObject([
			{ Owner: { email: 'marco@example.ch' }, Customer_Class: 'A', Date_of_Birth: '1980-05-06' },
		]);
	});

	it('refuses an owner whom nobody knows', async () => {
		const fields = mapped({ Last_Name: 'Brunner', Owner: 'nobody@example.ch' });
		await expect(runZoho(zoho, { ...create, fields })).rejects.toThrow(/no active user.*nobody@/);
	});

	it.each([
		[{ Phone: '1'.repeat(31) }, /field Phone: it may be 30 long/],
		[{ Email: 'none' }, /field Email: it must be of the type email/],
		[{ Customer_Class: 'Z' }, /field Customer_Class: possible are -None-, A, B, C/],
		[{ Last_Name: '' }, /needs a value for Last_Name/],
	])('says what Zoho has against %j', async (value, message) => {
		const fields = mapped({ Last_Name: 'Brunner', ...value });
		await expect(runZoho(zoho, { ...create, fields })).rejects.toThrow(message);
		expect(zoho.records('Contacts')).toEqual([]);
	});

	it('sets off no automations when none is chosen, and all without the option', async () => {
		const fields = mapped({ Last_Name: 'Brunner' });
		await runZoho(zoho, { ...create, fields, options: { automations: [] } });
		await runZoho(zoho, { ...create, fields });
		const bodies = zoho.requests.filter(({ method }) => method === 'POST').map(({ body }) => body);
		expect(bodies).toEqual([
			{ data: [{ Last_Name: 'Brunner' }], trigger: [] },
			{ data: [{ Last_Name: 'Brunner' }] },
		]);
	});

	it('refuses an upsert without a value to match by', async () => {
		const fields = mapped({ Last_Name: 'Brunner' }, ['Email']);
		await expect(
			runZoho(zoho, { resource: 'contact', operation: 'upsert', fields }),
		).rejects.toThrow('None of the fields to match on (Email) has a value');
	});

	it('refuses an update of nothing', async () => {
		const id = zoho.insert('Contacts', { Last_Name: 'Brunner' });
		const parameters = { resource: 'contact', operation: 'update', recordId: byId(id) };
		await expect(runZoho(zoho, { ...parameters, fields: mapped({}) })).rejects.toThrow(
			'There is nothing to update',
		);
	});
});

describe('lists', () => {
	const getAll = { resource: 'contact', operation: 'getAll' };
	const insertMany = (count: number) => {
		for (let index = 0; index < count; index++) {
			zoho.insert('Contacts', {
				Last_Name: `Number ${index}`,
				Mailing_City: index % 2 ? 'Bern' : 'Basel (BS), CH',
			});
		}
	};

	it('pages beyond 2,000 records with page tokens', async () => {
		insertMany(2_101);
		const { items, hints } = await runZoho(zoho, {
			...getAll,
			returnAll: true,
			options: { returnFields: ['Last_Name'] },
		});
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(2_101);
		expect(crmRequests(zoho)).toHaveLength(11);
		expect(hints[0].message).toBe('This run used 12 Zoho CRM API credits.');
	});

	it('filters by conditions, whatever brackets and commas they contain', async () => {
		insertMany(5);
		const { items } = await runZoho(zoho, {
			...getAll,
			filters: {
				conditions: {
					condition: [{ field: 'Mailing_City', operator: 'equals', value: 'Basel (BS), CH' }],
				},
			},
		});
		expect(items).toHaveLength(3);
	});

	it('combines conditions with or', async () => {
		insertMany(5);
		const condition = ['Number 1', 'Number 4'].map((value) => ({
			field: 'Last_Name',
			operator: 'equals',
			value,
		}));
		const { items } = await runZoho(zoho, {
			...getAll,
			filters: { combine: 'or', conditions: { condition } },
		});
		expect(items.map(({ json }) => json.Last_Name).sort()).toEqual(['Number 1', 'Number 4']);
	});

	it.each([
		['2001-01-01T00:00:00Z', 3],
		['2999-01-01T00:00:00Z', 0],
	])('modified after %s: %d records', async (modifiedAfter, count) => {
		insertMany(3);
		const plain = await runZoho(zoho, { ...getAll, filters: { modifiedAfter } });
		expect(plain.items).toHaveLength(count);
		const condition = [{ field: 'Last_Name', operator: 'starts_with', value: 'Number' }];
		const withConditions = await runZoho(zoho, {
			...getAll,
			filters: { modifiedAfter, conditions: { condition } },
		});
		expect(withConditions.items).toHaveLength(count);
	});

	it('gives no items for an empty list', async () => {
		const { items } = await runZoho(zoho, { ...getAll, returnAll: true });
		expect(items).toEqual([]);
	});

	it('refuses a condition on a field that does not exist', async () => {
		const condition = [{ field: 'Town', operator: 'equals', value: 'Bern' }];
		await expect(
			runZoho(zoho, { ...getAll, filters: { conditions: { condition } } }),
		).rejects.toThrow(/no field "Town"/);
	});
});
