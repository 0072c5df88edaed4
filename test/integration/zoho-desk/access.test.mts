import { DESK_SCOPES } from '../../../nodes/Zoho/transport/scopes';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { connectDeskNode } from './deskNode.mts';

let zoho: ZohoSimulator;
beforeEach(async () => {
	zoho = await startZohoSimulator();
});
afterEach(async () => {
	await zoho.close();
});

const getDepartments = { resource: 'department', operation: 'getAll' };
const departments = { method: 'GET' as const, path: '/departments' };
const newContact = { method: 'POST' as const, path: '/contacts', body: { lastName: 'Brunner' } };
const tokenRequests = () => zoho.requests.filter(({ path }) => path === '/oauth/v2/token');
const matching = (pattern: RegExp) => expect.stringMatching(pattern) as string;

describe('the organisation', () => {
	it('is found by itself when there is one, and asked for once', async () => {
		const desk = connectDeskNode(zoho);
		const [first] = await desk.run(getDepartments, {}, {});
		expect(first).toMatchObject({ name: 'Support' });
		expect(desk.requests()).toEqual(['GET /organizations', 'GET /departments', 'GET /departments']);
	});

	it('is the one of the credential', async () => {
		const second = zoho.desk.addOrganization({ orgId: '2', idPrefix: '432000' });
		const desk = connectDeskNode(zoho, { deskOrgId: ' 2 ' });
		await desk.run(getDepartments);
		expect(desk.requests()).toEqual(['GET /departments']);
		expect(second.state.credits.used).toBe(3);
	});

	it('has to be chosen when there are several, and the message names them', async () => {
		zoho.desk.addOrganization({ orgId: '2', idPrefix: '432000', companyName: 'Second' });
		const desk = connectDeskNode(zoho);
		await expect(desk.run(getDepartments)).rejects.toMatchObject({
			message:
				'The connected Zoho user belongs to 2 organisations of Zoho Desk: Acme Help (78412359), Second (2)',
			description: matching(/Desk Organization ID/),
		});
	});

	it('is named when the connection was made for another one', async () => {
		zoho.desk.addOrganization({ orgId: '2', idPrefix: '432000', notGranted: true });
		const desk = connectDeskNode(zoho, { deskOrgId: '2' });
		await expect(desk.run(getDepartments)).rejects.toMatchObject({
			message: 'The credential was connected for another organisation of Zoho Desk than 2',
			description: matching(/consent page/),
		});
	});
});

describe('tokens', () => {
	it('are renewed once for many items', async () => {
		const desk = connectDeskNode(zoho, { deskOrgId: zoho.desk.orgId });
		zoho.expireAccessTokens();
		await desk.run(getDepartments, {}, {}, {});
		expect(tokenRequests()).toHaveLength(1);
	});

	it('are renewed once for many requests at the same time', async () => {
		const desk = connectDeskNode(zoho);
		const { client } = await desk.client();
		zoho.expireAccessTokens();
		await Promise.all(Array.from({ length: 6 }, async () => await client.read(departments)));
		expect(tokenRequests()).toHaveLength(1);
	});

	it('that are revoked have to be connected again', async () => {
		const desk = connectDeskNode(zoho);
		zoho.revoke();
		await expect(desk.run(getDepartments)).rejects.toMatchObject({
			message: 'Zoho Desk does not accept the token of this credential',
			description: matching(/connect it again/),
		});
		expect(tokenRequests()).toHaveLength(1);
	});

	it('are renewed when Zoho says so with a page, or with status 200', async () => {
		const { client } = await connectDeskNode(zoho).client();
		zoho.desk.faults.add({ kind: 'status', status: 401, html: true });
		await expect(client.read(departments)).resolves.toMatchObject({ status: 200 });
		zoho.desk.faults.add({ kind: 'errorWith200' });
		await expect(client.read(departments)).resolves.toMatchObject({ status: 200 });
	});

	it('without a scope are not renewed, and the scope is named', async () => {
		const scopes = DESK_SCOPES.filter((scope) => !/basic|settings/.test(scope));
		const desk = connectDeskNode(zoho, {
			deskOrgId: zoho.desk.orgId,
			oauthTokenData: { ...zoho.issueToken({ scopes }) },
		});
		await expect(desk.run(getDepartments)).rejects.toMatchObject({
			message: matching(/scope .*Desk\.basic\.ALL/),
		});
		expect(tokenRequests()).toHaveLength(0);
	});

	it('are asked for by connecting the credential', async () => {
		const desk = connectDeskNode(zoho, { oauthTokenData: undefined });
		await expect(desk.run(getDepartments)).rejects.toThrow(
			'The credential is not connected to Zoho Desk',
		);
	});
});

describe('limits', () => {
	it('are told in the hint of the node', async () => {
		const { hints } = await connectDeskNode(zoho).runRaw(getDepartments, {}, {});
		const left = zoho.desk.credits.limit - 6;
		expect(hints).toEqual([
			{
				message: `This run used 6 Zoho Desk API credits. Zoho reports ${left} left for the running 24 hours.`,
				location: 'outputPane',
			},
		]);
	});

	it('keep to four requests at a time', async () => {
		await zoho.close();
		zoho = await startZohoSimulator({ desk: { concurrencyLimit: 4, settings: { latencyMs: 5 } } });
		const { client, waits } = await connectDeskNode(zoho).client();
		await Promise.all(Array.from({ length: 12 }, async () => await client.read(departments)));
		expect(waits).toEqual([]);
	});

	it('that pass are waited for', async () => {
		const { client, waits } = await connectDeskNode(zoho).client();
		zoho.desk.faults.add({ kind: 'status', status: 429, times: 2 });
		await expect(client.write(newContact)).resolves.toMatchObject({ status: 200 });
		expect(waits).toEqual([1_000, 2_000]);
		expect(zoho.desk.records('contacts')).toHaveLength(1);
	});

	it('of the day are not', async () => {
		await zoho.close();
		zoho = await startZohoSimulator({ desk: { creditLimit: 2 } });
		const { client, waits } = await connectDeskNode(zoho).client();
		await expect(client.read(departments)).rejects.toMatchObject({
			kind: 'limit',
			code: 'THRESHOLD_EXCEEDED',
			advice: matching(/Wait until/),
		});
		expect(waits).toEqual([]);
	});
});

describe('what goes wrong', () => {
	it.each([500, 502, 503] as const)('is read again after status %d', async (status) => {
		const { client } = await connectDeskNode(zoho).client();
		zoho.desk.faults.add({ kind: 'status', status });
		await expect(client.read(departments)).resolves.toMatchObject({ status: 200 });
	});

	it('is not written again when it may have been carried out', async () => {
		const { client } = await connectDeskNode(zoho).client();
		zoho.desk.faults.add({ kind: 'errorAfterCommit' });
		await expect(client.write(newContact)).rejects.toMatchObject({
			kind: 'unavailable',
			mayHaveBeenCarriedOut: true,
		});
		expect(zoho.desk.records('contacts')).toHaveLength(1);
	});

	it('is told as a field that lacks a value', async () => {
		const { client } = await connectDeskNode(zoho).client();
		const write = client.write({ ...newContact, body: { phone: '1', cf: { cf_nothing: 'x' } } });
		await expect(write).rejects.toMatchObject({
			message: 'Zoho Desk needs a value for lastName, and does not accept the value of cf_nothing',
			kind: 'refused',
		});
	});

	it('is told as something that is not part of the edition', async () => {
		await zoho.close();
		zoho = await startZohoSimulator({ desk: { edition: 'FREE' } });
		const { client } = await connectDeskNode(zoho).client();
		await expect(client.read({ method: 'GET', path: '/calls' })).rejects.toMatchObject({
			message: 'Calls is not part of your edition of Zoho Desk (FREE)',
			kind: 'permission',
			code: 'LICENSE_ACCESS_LIMITED',
		});
	});

	it('is told as another service behind the address', async () => {
		const { client } = await connectDeskNode(zoho).client();
		zoho.desk.faults.add({ kind: 'notJson', times: 1 });
		await expect(client.read(departments)).rejects.toMatchObject({
			kind: 'invalidAnswer',
			message: matching(/Desk API address is not Zoho Desk/),
		});
	});
});

describe('lists', () => {
	it('are read to their end, each record once', async () => {
		for (let number = 1; number <= 120; number++) {
			zoho.desk.insert('contacts', { lastName: `Contact ${number}` });
		}
		const { client } = await connectDeskNode(zoho).client();
		const ids = new Set(zoho.desk.records('contacts').map(({ id }) => id));
		const all = { limit: Number.POSITIVE_INFINITY };
		for (const path of ['/contacts', '/contacts/search']) {
			const records = await client.list({ path, ...all });
			expect(records.map(({ id }) => id)).toHaveLength(120);
			expect(new Set(records.map(({ id }) => id))).toEqual(ids);
		}
		expect(await client.list({ path: '/contacts', limit: 70 })).toHaveLength(70);
		expect(await client.list({ path: '/accounts', ...all })).toEqual([]);
	});
});
