import { createCrmOwnWrites } from '../../../nodes/Zoho/transport/crmOwnWrites';
import { crmWriteOf } from '../../../nodes/Zoho/transport/crmWrites';
import { ServiceError } from '../../../nodes/transport/ServiceError';
import { deferred } from '../transport/deferred.mts';
import { steppedClock } from '../transport/steppedClock.mts';

const PLACE = 'https://www.zohoapis.eu';

describe('which requests write', () => {
	it.each([
		['POST', '/Contacts', { module: 'Contacts', action: 'created', ids: [] }],
		['POST', '/Contacts/upsert', { module: 'Contacts', action: 'updated', ids: [] }],
		['PUT', '/Contacts/12', { module: 'Contacts', action: 'updated', ids: ['12'] }],
		['DELETE', '/Contacts/12', { module: 'Contacts', action: 'deleted', ids: ['12'] }],
	] as const)('%s %s', (method, path, write) => {
		expect(crmWriteOf({ method, path, body: { data: [{}] } })).toMatchObject(write);
	});

	it.each([
		['GET', '/Contacts'],
		['POST', '/coql'],
		['POST', '/__composite_requests'],
		['PATCH', '/actions/watch'],
		['POST', '/Contacts/12/Notes'],
	] as const)('%s %s does not', (method, path) => {
		expect(crmWriteOf({ method, path })).toBeNull();
	});
});

describe('own writes', () => {
	const update = {
		method: 'PUT',
		path: '/Contacts/12',
		body: { data: [{ Title: 'Owner' }] },
	} as const;
	const record = {
		id: '12',
		Title: 'Owner',
		Modified_Time: '2026-03-02T01:00:00+01:00',
		Modified_By: { id: '7' },
	};
	const details = { id: '12', Modified_Time: record.Modified_Time, Modified_By: { id: '7' } };
	const done = { body: { data: [{ code: 'SUCCESS', status: 'success', details }] } };

	it('are known by record, time and user', async () => {
		const writes = createCrmOwnWrites(steppedClock());
		await writes.track(PLACE, update, async () => await Promise.resolve(done));
		const causes = async (change: object) =>
			(await writes.causeOf(PLACE, 'Contacts', { ...record, ...change })).lastChange;
		expect(await causes({})).toBe(true);
		expect(await causes({ Modified_Time: '2026-03-02T00:00:01Z' })).toBe(false);
		expect(await causes({ Modified_By: { id: '8' } })).toBe(false);
		expect(await causes({ id: '13' })).toBe(false);
	});

	it('are waited for while their answer is on its way', async () => {
		const writes = createCrmOwnWrites(steppedClock());
		const answer = deferred<typeof done>();
		const tracked = writes.track(PLACE, update, async () => await answer.promise);
		const asked = writes.causeOf(PLACE, 'Contacts', record);
		answer.resolve(done);
		await tracked;
		expect(await asked).toMatchObject({ lastChange: true });
	});

	it('whose answer was lost are known by what was sent', async () => {
		const writes = createCrmOwnWrites(steppedClock());
		const lost = new ServiceError({
			service: 'Zoho CRM',
			kind: 'interrupted',
			message: '',
			advice: '',
		});
		await expect(writes.track(PLACE, update, async () => await Promise.reject(lost))).rejects.toBe(
			lost,
		);
		expect(await writes.causeOf(PLACE, 'Contacts', record)).toMatchObject({ lastChange: true });
		expect(await writes.causeOf(PLACE, 'Contacts', { ...record, Title: 'Director' })).toMatchObject(
			{ lastChange: false },
		);
	});
});
