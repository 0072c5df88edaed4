import { creditHint, creditMeterOf } from '../../../nodes/Zoho/transport/creditMeter';
import { creditsFor, type PricedRequest } from '../../../nodes/Zoho/transport/credits';

const records = (count: number) => ({ data: Array.from({ length: count }, () => ({})) });
const select = (limit: string) => ({
	select_query: `select id from Leads where id is not null${limit}`,
});

describe('creditsFor', () => {
	it.each<[string, PricedRequest, number]>([
		['a list', { method: 'GET', path: '/Contacts', query: { fields: 'id' } }, 1],
		['a list by custom view', { method: 'GET', path: '/Contacts', query: { cvid: '5540' } }, 3],
		['one record', { method: 'GET', path: '/Contacts/554023000000000001' }, 1],
		['a search', { method: 'GET', path: '/Leads/search', query: { phone: '1' } }, 1],
		['1 record', { method: 'POST', path: '/Contacts', body: records(1) }, 1],
		['10 records', { method: 'POST', path: '/Contacts', body: records(10) }, 1],
		['11 records', { method: 'PUT', path: '/Contacts', body: records(11) }, 2],
		['100 records', { method: 'POST', path: '/Contacts/upsert', body: records(100) }, 10],
		['a deletion', { method: 'DELETE', path: '/Contacts/554023000000000001' }, 1],
		['deleted records', { method: 'GET', path: '/Contacts/deleted' }, 2],
		['a query without a limit', { method: 'POST', path: '/coql', body: select('') }, 1],
		['a query of 200', { method: 'POST', path: '/coql', body: select(' limit 200') }, 1],
		['a query of 201', { method: 'POST', path: '/coql', body: select(' LIMIT 201') }, 2],
		[
			'a query of 1,000',
			{ method: 'POST', path: '/coql', body: select(' limit 1000 offset 5') },
			2,
		],
		['a query of 2,000', { method: 'POST', path: '/coql', body: select(' limit 400, 2000') }, 3],
		['a composite', { method: 'POST', path: '/__composite_requests', body: {} }, 1],
		[
			'a composite with rollback',
			{ method: 'POST', path: '/__composite_requests', body: { rollback_on_fail: true } },
			2,
		],
		[
			'51 tags',
			{
				method: 'POST',
				path: '/Contacts/actions/add_tags',
				body: { ids: Array.from({ length: 51 }, String) },
			},
			2,
		],
		['a conversion', { method: 'POST', path: '/Leads/554023000000000001/actions/convert' }, 5],
		['a count', { method: 'GET', path: '/Leads/actions/count' }, 50],
		['the start of a bulk read', { method: 'POST', path: '/bulk/read', body: {} }, 50],
		['a look at a bulk read', { method: 'GET', path: '/bulk/read/554023000001400001' }, 1],
		['the file of a bulk read', { method: 'GET', path: '/bulk/read/554023000001400001/result' }, 1],
	])('%s', (_name, request, credits) => {
		expect(creditsFor(request)).toBe(credits);
	});
});

describe('creditHint', () => {
	it.each([
		[{ used: 0, remaining: null }, null],
		[{ used: 1, remaining: null }, 'This run used 1 Zoho CRM API credit.'],
		[
			{ used: 3, remaining: 2400 },
			'This run used 3 Zoho CRM API credits. Zoho reports 2400 left for the running 24 hours.',
		],
	])('%j', (meter, hint) => {
		expect(creditHint(meter, 'Zoho CRM')).toBe(hint);
	});

	it('counts per run', () => {
		const [one, other] = [{}, {}];
		creditMeterOf(one).used += 2;
		expect(creditMeterOf(one).used).toBe(2);
		expect(creditMeterOf(other).used).toBe(0);
	});
});
