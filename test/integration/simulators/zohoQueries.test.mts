import { connect } from '../../simulators/zoho/plainClient.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { startZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

let now = Date.parse('2026-03-04T12:00:00+01:00');
let zoho: ZohoSimulator;
let call: ReturnType<typeof connect>;

beforeAll(async () => {
	zoho = await startZohoSimulator({ now: () => now, indexLagMs: 5000 });
	call = connect(zoho);
});
beforeEach(() => {
	zoho.reset();
	zoho.settings.phoneSearch = 'tolerant';
});
afterAll(() => zoho.close());

const search = (module: string, query: Record<string, string>) =>
	call('GET', `/${module}/search`, { query });

const query = (select_query: string) => call('POST', '/coql', { body: { select_query } });

describe('searching by phone', () => {
	const found = async (phone: string) => {
		const { body } = await search('Contacts', { phone });
		return (body?.data ?? []).map(({ Last_Name: name }: { Last_Name: string }) => name).sort();
	};

	it('ignores separators when tolerant', async () => {
		zoho.insert('Contacts', { Last_Name: 'A', Mobile: '+41 44 555-01-23' });
		zoho.insert('Contacts', { Last_Name: 'B', Phone: '044 555 01 23' });
		expect(await found('+41445550123')).toEqual(['A']);
		expect(await found('445550123')).toEqual(['A', 'B']);
	});

	it('compares whole values and whole parts when literal', async () => {
		zoho.settings.phoneSearch = 'literal';
		zoho.insert('Contacts', { Last_Name: 'A', Mobile: '+41445550123' });
		zoho.insert('Contacts', { Last_Name: 'B', Phone: '(044) 555-01-23' });
		expect(await found('+41445550123')).toEqual(['A']);
		expect(await found('(044) 555-01-23')).toEqual(['B']);
		expect(await found('555')).toEqual(['B']);
		expect(await found('5550123')).toEqual([]);
	});

	it('finds what was written only after the index lag', async () => {
		await call('POST', '/Contacts', {
			body: { data: [{ Last_Name: 'A', Phone: '+41445550123' }] },
		});
		expect(await found('+41445550123')).toEqual([]);
		now += 5000;
		expect(await found('+41445550123')).toEqual(['A']);
	});

	it('leaves converted leads out unless they are asked for', async () => {
		const lead = { Last_Name: 'A', Company: 'B', Phone: '+41445550123', Converted__s: true };
		zoho.insert('Leads', lead);
		const phone = '+41445550123';
		expect((await search('Leads', { phone })).status).toBe(204);
		expect((await search('Leads', { phone, converted: 'both' })).status).toBe(200);
	});

	it('does not find a number whose plus became a blank', async () => {
		zoho.settings.phoneSearch = 'literal';
		zoho.insert('Contacts', { Last_Name: 'A', Phone: '+41445550123' });
		const response = await call('GET', '/Contacts/search?phone=+41445550123&');
		expect(response.status).toBe(204);
	});
});

describe('searching by other means', () => {
	beforeEach(() => {
		zoho.insert('Contacts', { Last_Name: 'Burns, B', Phone: '(044) 5', Email: 'b@example.ch' });
		zoho.insert('Contacts', { Last_Name: 'Meier', Phone: '+41445550123' });
	});

	it.each([
		[{ criteria: '(Last_Name:equals:Burns\\, B)' }, 1],
		[{ criteria: '(Phone:starts_with:\\(044\\))' }, 1],
		[{ criteria: '((Phone:equals:+41445550123)or(Email:equals:b@example.ch))' }, 2],
		[{ criteria: '((Last_Name:equals:Meier)and((Phone:equals:1)or(Phone:equals:+4144)))' }, 1],
		[{ criteria: '(Last_Name:in:Meier,Huber)' }, 1],
		[{ criteria: '(Created_Time:greater_than:2026-01-01T00:00:00+01:00)' }, 2],
		[{ email: 'B@example.ch' }, 1],
		[{ word: 'meie' }, 1],
	])('finds with %p', async (parameters, count) => {
		const { body } = await search('Contacts', parameters as Record<string, string>);
		expect(body.info).toMatchObject({ count, more_records: false });
	});

	it.each([
		[{}, 'EXPECTED_PARAM_MISSING'],
		[{ criteria: '(Last_Name:equals:(x))' }, 'INVALID_QUERY'],
		[{ criteria: '(Last_Name:sounds_like:x)' }, 'INVALID_QUERY'],
		[{ criteria: '(Surname:equals:x)' }, 'INVALID_QUERY'],
		[{ criteria: 'Last_Name:equals:x' }, 'INVALID_QUERY'],
		[{ criteria: `(${Array(16).fill('(Phone:equals:1)').join('or')})` }, 'CRITERIA_LIMIT_EXCEEDED'],
		[{ phone: '1' }, 'INVALID_DATA'],
		[{ phone: '1234', page: '11' }, 'LIMIT_REACHED'],
	])('refuses %p', async (parameters, code) => {
		const { status, body } = await search('Contacts', parameters as Record<string, string>);
		expect([status, body.code]).toEqual([400, code]);
	});

	it('counts for fifty credits', async () => {
		const { body } = await call('GET', '/Contacts/actions/count', { query: { word: 'meier' } });
		expect(body).toEqual({ count: 1 });
		expect(zoho.credits.used).toBe(50);
	});
});

describe('COQL', () => {
	it('sees what was written a moment ago', async () => {
		await call('POST', '/Contacts', {
			body: { data: [{ Last_Name: 'A', Phone: '+41445550123' }] },
		});
		const { body } = await query(
			"select Last_Name, Phone, Account_Name from Contacts where (Phone = '+41445550123' or Mobile = '+41445550123') limit 20",
		);
		expect(body).toEqual({
			data: [
				{
					Last_Name: 'A',
					Phone: '+41445550123',
					Account_Name: null,
					id: zoho.records('Contacts')[0].id,
				},
			],
			info: { count: 1, more_records: false },
		});
	});

	it('compares phone numbers as text', async () => {
		zoho.insert('Contacts', { Last_Name: 'A', Phone: '044 555 01 23' });
		expect((await query("select id from Contacts where Phone = '0445550123'")).status).toBe(204);
		expect((await query("select id from Contacts where Phone like '%5550123'")).status).toBe(204);
		expect((await query("select id from Contacts where Phone like '%01 23'")).status).toBe(200);
	});

	describe('over calls', () => {
		const start = (minute: string) => `2026-03-04T09:${minute}:00+01:00`;
		const subjects = async (where: string) => {
			const { status, body } = await query(`select Subject from Calls where ${where}`);
			if (status === 204) return [];
			expect(body).toHaveProperty('data');
			return body.data.map(({ Subject: subject }: { Subject: string }) => subject);
		};
		let anna = '';

		beforeEach(() => {
			anna = zoho.insert('Contacts', { Last_Name: 'Anna' });
			const common = { Call_Type: 'Inbound', Call_Duration: '01:00' };
			const whom = { Who_Id: { id: anna } };
			zoho.insert('Calls', { ...common, ...whom, Subject: 'one', Call_Start_Time: start('10') });
			zoho.insert('Calls', { ...common, ...whom, Subject: 'two', Call_Start_Time: start('20') });
			zoho.insert('Calls', {
				...common,
				Subject: "three's",
				Call_Start_Time: start('30'),
				PBX_Call_Id: 'id-3',
			});
		});

		it('finds by lookup, newest first', async () => {
			expect(await subjects(`Who_Id = '${anna}' order by Call_Start_Time desc limit 1`)).toEqual([
				'two',
			]);
		});

		it.each([
			["PBX_Call_Id = 'id-3'", ["three's"]],
			["PBX_Call_Id in ('id-1', 'id-3')", ["three's"]],
			['PBX_Call_Id is null', ['one', 'two']],
			['Who_Id is not null and Call_Duration_in_seconds >= 60', ['one', 'two']],
			["Subject = 'three\\'s'", ["three's"]],
			["Subject like 't%'", ['two', "three's"]],
			["Subject not in ('one', 'two')", ["three's"]],
			["Subject != 'one'", ['two', "three's"]],
			[
				"Call_Start_Time between '2026-03-04T08:15:00+00:00' and '2026-03-04T09:25:00+01:00'",
				['two'],
			],
			["((Subject = 'one' or Subject = 'two') and Call_Type = 'Inbound')", ['one', 'two']],
			['id is not null order by Subject asc limit 1, 1', ["three's"]],
			['id is not null limit 1 offset 2', ["three's"]],
		])('understands where %s', async (where, expected) => {
			expect(await subjects(where)).toEqual(expected);
		});

		it('follows lookups', async () => {
			const { body } = await query(
				"select 'Who_Id->Contacts.Last_Name', Who_Id.Last_Name, Who_Id from Calls where Subject = 'one'",
			);
			expect(body.data[0]).toMatchObject({
				'Who_Id->Contacts.Last_Name': 'Anna',
				'Who_Id.Last_Name': 'Anna',
				Who_Id: { id: anna, name: 'Anna' },
			});
		});
	});

	it.each([
		['select id from Calls', 400, 'SYNTAX_ERROR'],
		[
			"select id from Calls where Subject = 'a' or Subject = 'b' or Subject = 'c'",
			400,
			'SYNTAX_ERROR',
		],
		["select id from Calls where (Subject = 'a'", 400, 'SYNTAX_ERROR'],
		['select id from Calls where Subject = "a"', 400, 'SYNTAX_ERROR'],
		['select * from Calls where id is not null', 400, 'SYNTAX_ERROR'],
		['select Titel from Calls where id is not null', 400, 'INVALID_QUERY'],
		["select id from Calls where From_Number__s = '1'", 400, 'INVALID_QUERY'],
		["select id from Anrufe where Subject = '1'", 400, 'INVALID_QUERY'],
		["select id from Calls where Description like '%a%'", 400, 'INVALID_QUERY'],
		['select id from Calls where Subject > 1', 400, 'INVALID_QUERY'],
		['select id from Calls where Subject = 1', 400, 'INVALID_QUERY'],
		["select id from Calls where Call_Start_Time > '2026-03-04T09:00:00Z'", 400, 'INVALID_QUERY'],
		['select id from Calls where id is not null limit 2001', 400, 'LIMIT_EXCEEDED'],
		[`select id from Calls where Subject in (${Array(51).fill("'a'")})`, 400, 'LIMIT_EXCEEDED'],
		['select id, Subject, Subject from Calls where id is not null', 401, 'DUPLICATE_DATA'],
	])('refuses %s', async (text, status, code) => {
		const answer = await query(text);
		expect([answer.status, answer.body.code]).toEqual([status, code]);
	});

	it('costs by its limit', async () => {
		for (const [limit, credits] of [
			[200, 1],
			[201, 2],
			[2000, 3],
		]) {
			zoho.credits.reset();
			await query(`select id from Calls where id is not null limit ${limit}`);
			expect(zoho.credits.used).toBe(credits);
		}
	});
});
