import type { IDataObject } from 'n8n-workflow';
import { readUntilSteady, type Reading } from '../../../nodes/Zoho/crm/customers/steadyReading';
import type { ZohoCrmAnswer, ZohoCrmClient } from '../../../nodes/Zoho/transport/zohoCrm';
import { ServiceError, type ServiceErrorKind } from '../../../nodes/transport/ServiceError';

const clock = {
	now: () => Date.UTC(2026, 2, 4, 8),
	random: () => 1,
	sleep: async () => await Promise.resolve(),
};

const problem = (kind: ServiceErrorKind, code?: string) =>
	new ServiceError({ service: 'Zoho CRM', kind, code, message: 'no', advice: 'none' });

/** Zoho CRM, which answers the questions for what is gone, one after the other, and otherwise that nothing is. */
function crm(...answers: Array<IDataObject | ServiceError>) {
	const asked: Array<Parameters<ZohoCrmClient['read']>[0]> = [];
	const read: ZohoCrmClient['read'] = async (request) => {
		asked.push(request);
		const answer = answers.shift();
		if (answer instanceof ServiceError) throw answer;
		return await Promise.resolve({ status: answer ? 200 : 304, body: answer } as ZohoCrmAnswer);
	};
	return { client: { read } as unknown as ZohoCrmClient, asked };
}

const gone = (...ids: string[]) => ({ data: ids.map((id) => ({ id })) });

/** Readings end like this, one after the other; the last one is repeated. */
async function readings(
	{ client }: ReturnType<typeof crm>,
	module: string,
	...ends: Array<Reading | ServiceError>
) {
	let count = 0;
	const drops: string[] = [];
	const read = async () => {
		const end = ends[Math.min(count++, ends.length - 1)];
		if (end instanceof ServiceError) throw end;
		return await Promise.resolve(end);
	};
	const isSteady = await readUntilSteady(client, clock, module, read, (id) => drops.push(id));
	return { isSteady, count, drops };
}

it('asks nothing more if one part held all', async () => {
	const zoho = crm();
	const outcome = await readings(zoho, 'Leads', 'whole');
	expect(outcome).toEqual({ isSteady: true, count: 1, drops: [] });
	expect(zoho.asked).toEqual([]);
});

it('asks once what was deleted, from a minute before the reading began', async () => {
	const zoho = crm();
	expect(await readings(zoho, 'Contacts', 'in parts')).toMatchObject({ isSteady: true, count: 1 });
	expect(zoho.asked).toEqual([
		{
			method: 'GET',
			path: '/Contacts/deleted',
			query: { type: 'all', page: 1, per_page: 200 },
			headers: { 'If-Modified-Since': '2026-03-04T07:58:59+00:00' },
		},
	]);
});

it('asks for leads what was converted, too, page by page', async () => {
	const zoho = crm(
		{ ...gone('1'), info: { more_records: true } },
		gone('2'),
		{ ...gone('3'), info: { more_records: true, next_page_token: 'next' } },
		gone('4'),
	);
	const outcome = await readings(zoho, 'Leads', 'in parts');
	expect(outcome).toEqual({ isSteady: true, count: 2, drops: ['1', '2', '3', '4'] });
	expect(zoho.asked.slice(0, 4).map(({ path, query }) => [path, query])).toEqual([
		['/Leads/deleted', { type: 'all', page: 1, per_page: 200 }],
		['/Leads/deleted', { type: 'all', page: 2, per_page: 200 }],
		['/Leads', { fields: 'Modified_Time', converted: 'true', page_token: undefined }],
		['/Leads', { fields: 'Modified_Time', converted: 'true', page_token: 'next' }],
	]);
});

it('reads again only for what it did not know to be gone', async () => {
	const zoho = crm(gone('1'), gone('1', '2'), gone('1', '2'));
	const outcome = await readings(zoho, 'Contacts', 'in parts');
	expect(outcome).toEqual({ isSteady: true, count: 3, drops: ['1', '2'] });
});

it('gives up after four readings, and says that it is in doubt', async () => {
	const zoho = crm(gone('1'), gone('2'), gone('3'), gone('4'), gone('5'));
	const outcome = await readings(zoho, 'Contacts', 'in parts');
	expect(outcome).toEqual({ isSteady: false, count: 4, drops: ['1', '2', '3', '4'] });
});

it.each<ServiceErrorKind>(['permission', 'refused', 'notFound'])(
	'takes nothing for gone that the connected user may not see (%s)',
	async (kind) => {
		const zoho = crm(problem(kind), problem(kind));
		expect(await readings(zoho, 'Leads', 'in parts')).toEqual({
			isSteady: true,
			count: 1,
			drops: [],
		});
	},
);

it('does not take an outage for "nothing is gone"', async () => {
	const zoho = crm(problem('unavailable'));
	await expect(readings(zoho, 'Contacts', 'in parts')).rejects.toMatchObject({
		kind: 'unavailable',
	});
});

it.each(['EXPIRED_VALUE', 'TOKEN_BOUND_DATA_MISMATCH'])(
	'begins again after %s, but not for ever',
	async (code) => {
		const forgotten = problem('refused', code);
		expect(await readings(crm(), 'Contacts', forgotten, 'in parts')).toMatchObject({ count: 2 });
		await expect(readings(crm(), 'Contacts', forgotten)).rejects.toMatchObject({ code });
	},
);

it('does not begin again after anything else', async () => {
	await expect(readings(crm(), 'Contacts', problem('limit'), 'whole')).rejects.toMatchObject({
		kind: 'limit',
	});
});
