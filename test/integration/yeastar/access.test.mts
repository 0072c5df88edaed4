import type { ICredentialsDecrypted, ICredentialTestFunctions } from 'n8n-workflow';
import { testYeastarCredential } from '../../../nodes/Yeastar/methods/credentialTest';
import {
	searchContacts,
	searchExtensions,
	searchPhonebooks,
	searchQueues,
} from '../../../nodes/Yeastar/methods/listSearch';
import { getPhonebooks } from '../../../nodes/Yeastar/methods/loadOptions';
import type { YeastarCredential } from '../../../nodes/Yeastar/transport/yeastarPbx';
import {
	startPbxSimulator,
	type PbxOptions,
	type PbxSimulator,
} from '../../simulators/yeastar/pbxSimulator.mts';
import { olderRequest } from '../n8nRequests.mts';
import {
	byId,
	clientOf,
	editorContext,
	rowsOf,
	runYeastar,
	timesAsked,
	yeastarCredential,
} from './yeastarNode.mts';

const pbxs: PbxSimulator[] = [];

async function start(options: PbxOptions = {}): Promise<PbxSimulator> {
	const pbx = await startPbxSimulator(options);
	pbxs.push(pbx);
	return pbx;
}

afterEach(async () => {
	await Promise.all(pbxs.splice(0).map(async (pbx) => await pbx.close()));
});

const extensions = { resource: 'extension', operation: 'getMany', returnAll: true };
const WRONG_SECRET = 'quite-wrong-secret-value';

describe('the token of a PBX', () => {
	it('is one for all nodes that run at the same time', async () => {
		const pbx = await start({ rowsPerPageAtMost: 8 });
		const runs = await Promise.all(
			Array.from({ length: 20 }, async () => await rowsOf(runYeastar(pbx, extensions))),
		);
		expect(runs.every((rows) => rows.length === 14)).toBe(true);
		expect(timesAsked(pbx, 'get_token')).toBe(1);
		expect(pbx.tokens).toBe(1);
		expect(pbx.requests.every(({ userAgent }) => userAgent === 'OpenAPI')).toBe(true);
	});

	it('is renewed without a further slot when it has expired', async () => {
		const pbx = await start({ tokenSlots: 1 });
		await runYeastar(pbx, extensions);
		pbx.expireTokens({ keepRefreshTokens: true });
		await Promise.all([runYeastar(pbx, extensions), runYeastar(pbx, extensions)]);
		expect(timesAsked(pbx, 'refresh_token')).toBe(1);
		expect(timesAsked(pbx, 'get_token')).toBe(1);
		pbx.expireTokens();
		await runYeastar(pbx, extensions);
		expect(timesAsked(pbx, 'get_token')).toBe(2);
		expect(pbx.tokens).toBe(1);
	});

	it('is asked for once with a wrong secret, however many items there are', async () => {
		const pbx = await start();
		const { items } = await runYeastar(pbx, extensions, {
			credential: { clientSecret: WRONG_SECRET },
			items: Array.from({ length: 10 }, (_, index) => ({ index })),
			continueOnFail: true,
		});
		expect(items).toHaveLength(10);
		expect(items[9].json.error).toBe('The PBX does not accept the Client ID and Client Secret');
		expect(timesAsked(pbx, 'get_token')).toBe(1);
	});

	it('is told of in a hint, as the PBX counts it', async () => {
		const pbx = await start();
		const hintOf = async () => (await runYeastar(pbx, extensions)).hints[0].message;
		expect(await hintOf()).toBe(
			'This n8n process holds 1 of the 8 token slots of the PBX; 1 login in the last 30 minutes.',
		);
		expect(pbx.tokens).toBe(1);
		pbx.expireTokens({ keepRefreshTokens: true });
		await hintOf();
		expect(pbx.tokens).toBe(1);
		expect(await hintOf()).toContain('holds 1 of the 8 token slots of the PBX; 1 login');
	});

	it('is not told of when the PBX hands out none', async () => {
		const pbx = await start();
		pbx.faults.noTokenSlot = true;
		const { hints } = await runYeastar(pbx, extensions, { continueOnFail: true });
		expect(hints).toEqual([]);
	});

	it('is logged in for again as soon as the PBX is no longer busy', async () => {
		const pbx = await start();
		pbx.faults.answers = [{ kind: 'errcode', path: 'get_token', errcode: 70082, times: 1 }];
		expect(await rowsOf(runYeastar(pbx, extensions))).toHaveLength(14);
		expect(timesAsked(pbx, 'get_token')).toBe(2);
	});

	it('is given back when the last holder lets go', async () => {
		const pbx = await start();
		const client = clientOf(pbx);
		const release = client.holdToken();
		await client.get('system/information');
		expect(pbx.tokens).toBe(1);
		await release();
		expect(pbx.tokens).toBe(0);
	});
});

describe('what people read when the PBX cannot be used', () => {
	type Break = (pbx: PbxSimulator) => Partial<YeastarCredential> | undefined;
	const cases: Array<[string, Break, string]> = [
		['API off', (pbx) => void (pbx.faults.apiOff = true), 'The API of the PBX is switched off'],
		['blocked', (pbx) => void (pbx.faults.ipBlocked = true), 'blocked the IP address of n8n'],
		['no slot', (pbx) => void (pbx.faults.noTokenSlot = true), 'All 8 access tokens'],
		['wrong secret', () => ({ clientSecret: WRONG_SECRET }), 'does not accept the Client ID'],
		['no address', () => ({ baseUrl: 'my pbx' }), 'not a web address'],
		['another path', (pbx) => ({ baseUrl: `${pbx.baseUrl}/portal` }), 'There is no P-Series API'],
		[
			'a portal',
			(pbx) => void (pbx.faults.answers = [{ kind: 'html' }]),
			'not as the API of a Yeastar P-Series PBX',
		],
		[
			'not JSON',
			(pbx) => void (pbx.faults.answers = [{ kind: 'notJson' }]),
			'not as the API of a Yeastar P-Series PBX',
		],
	];

	it.each(cases)('%s', async (_name, breakPbx, words) => {
		const pbx = await start();
		const credential = breakPbx(pbx) ?? {};
		const error: unknown = await runYeastar(pbx, extensions, { credential }).catch(
			(each: unknown) => each,
		);
		expect((error as Error).message).toContain(words);
		expect((error as { description?: string }).description).toBeTruthy();
		const everything = [JSON.stringify(error), String(error), (error as Error).stack].join('\n');
		for (const secret of [pbx.clientSecret, WRONG_SECRET, 'access_token=']) {
			expect(everything).not.toContain(secret);
		}
	});

	it('no permission for the IP address', async () => {
		const pbx = await start({ allowedIps: ['10.0.0.9'] });
		await expect(runYeastar(pbx, extensions)).rejects.toThrow('from the IP address of n8n');
	});

	it('nobody at the address', async () => {
		const gone = await startPbxSimulator();
		await gone.close();
		const test = await tested(gone);
		expect(test.status).toBe('Error');
		expect(test.message).toContain('cannot be reached at 127.0.0.1');
	});
});

async function tested(pbx: PbxSimulator, overrides: Partial<YeastarCredential> = {}) {
	const context = { helpers: { request: olderRequest } } as unknown as ICredentialTestFunctions;
	const data = yeastarCredential(pbx, overrides);
	return await testYeastarCredential.call(context, { data } as unknown as ICredentialsDecrypted);
}

describe('the test of the credential', () => {
	it('succeeds and leaves no token behind', async () => {
		const pbx = await start();
		for (let times = 0; times < 10; times++) {
			expect(await tested(pbx)).toMatchObject({ status: 'OK' });
		}
		expect(pbx.tokens).toBe(0);
		expect(await tested(pbx, { baseUrl: `${pbx.baseUrl}/#/login` })).toMatchObject({
			status: 'OK',
		});
	});

	it('reads the extensions where the information about the system is not allowed', async () => {
		const pbx = await start();
		pbx.faults.answers = [{ kind: 'errcode', path: 'system/information', errcode: 80010 }];
		expect(await tested(pbx)).toMatchObject({ status: 'OK' });
		expect(timesAsked(pbx, 'extension/list')).toBe(1);
		expect(pbx.tokens).toBe(0);
	});

	it('says what is wrong after one attempt, and knows at once when it is mended', async () => {
		const pbx = await start();
		for (const attempt of [1, 2]) {
			const test = await tested(pbx, { clientSecret: WRONG_SECRET });
			expect(test).toMatchObject({ status: 'Error' });
			expect(test.message).toContain('does not accept the Client ID and Client Secret');
			expect(test.message).toContain('Integrations > API');
			expect(timesAsked(pbx, 'get_token')).toBe(attempt);
		}
		expect(await tested(pbx)).toMatchObject({ status: 'OK' });
	});

	it('goes over a certificate that the PBX made itself only if told to', async () => {
		const pbx = await start({ tls: true });
		const refused = await tested(pbx);
		expect(refused.message).toContain('certificate that is not trusted');
		expect(refused.message).toContain('Ignore SSL Issues');
		expect(await tested(pbx, { ignoreSslIssues: true })).toMatchObject({ status: 'OK' });
		expect(
			await rowsOf(runYeastar(pbx, extensions, { credential: { ignoreSslIssues: true } })),
		).toHaveLength(14);
	});
});

describe('what the PBX tells about itself', () => {
	it('its extensions, simplified or raw', async () => {
		const pbx = await start();
		const rows = await rowsOf(runYeastar(pbx, extensions));
		expect(rows[0]).toEqual({
			id: '11',
			number: '1001',
			name: 'Amina Otieno',
			email: 'amina.otieno@example.com',
			mobile: '',
			role: '',
			presence: 'available',
			onlineOn: ['sipPhone'],
		});
		const raw = await rowsOf(
			runYeastar(pbx, { ...extensions, returnAll: false, limit: 1, simplify: false }),
		);
		expect(raw).toMatchObject([{ caller_id_name: 'Amina Otieno' }]);
	});

	it('its queues, and what goes on in them', async () => {
		const pbx = await start();
		const queue = { resource: 'queue' };
		const [first, second] = await rowsOf(runYeastar(pbx, { ...queue, operation: 'getMany' }));
		expect(first).toMatchObject({ id: '3', number: '6500', name: 'Support' });
		expect(second.agents).toEqual(['1001', '1002', '1013']);

		const status = async () =>
			await rowsOf(runYeastar(pbx, { ...queue, operation: 'getStatus', queue: byId('3') }));
		expect(await status()).toMatchObject([{ waitingCalls: 0, active: [] }]);
		const call = pbx.begin({ kind: 'inboundThroughQueue', queue: '6500', answeredBy: '1005' });
		await call.answer();
		expect(await status()).toMatchObject([
			{ activeCalls: 1, active: [{ callId: call.callId, calledNumber: '1005' }] },
		]);
	});

	it('its serial number and firmware', async () => {
		const pbx = await start();
		const run = runYeastar(pbx, { resource: 'system', operation: 'getInformation' });
		expect(await rowsOf(run)).toMatchObject([{ sn: pbx.serial, firmware_version: '37.23.0.123' }]);
	});
});

describe('drop-downs', () => {
	it('list and filter extensions, queues, phonebooks and contacts', async () => {
		const pbx = await start();
		const context = editorContext(pbx);
		pbx.contacts.push({
			id: 118,
			first_name: 'Amina',
			last_name: 'Otieno',
			company: 'Kilima Ltd',
			email: '',
			remark: '',
			job_title: '',
			zip_code: '',
			street: '',
			city: '',
			state: '',
			country: '',
			number_list: [],
		});
		pbx.phonebooks.push({
			id: 8,
			name: 'CRM',
			member_select: 'sel_specific',
			contactIds: new Set(),
			readOnly: false,
		});
		expect((await searchExtensions.call(context)).results).toHaveLength(14);
		expect((await searchExtensions.call(context, 'otieno')).results).toEqual([
			{ name: 'Amina Otieno (1001)', value: '1001' },
		]);
		expect((await searchQueues.call(context, '6500')).results).toEqual([
			{ name: 'Support (6500)', value: '3' },
		]);
		expect((await searchPhonebooks.call(context)).results).toEqual([{ name: 'CRM', value: '8' }]);
		expect(await getPhonebooks.call(context)).toEqual([{ name: 'CRM', value: '8' }]);
		expect((await searchContacts.call(context, 'kilima')).results).toEqual([
			{ name: 'Amina Otieno, Kilima Ltd', value: '118' },
		]);
	});

	it('say in plain words why they are empty', async () => {
		const pbx = await start();
		pbx.faults.apiOff = true;
		await expect(searchExtensions.call(editorContext(pbx))).rejects.toThrow(
			'The API of the PBX is switched off',
		);
	});
});
