import { connect } from '../../simulators/zoho/plainClient.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { startZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';

const HOUR = 3_600_000;

let now: number;
let zoho: ZohoSimulator;
let call: ReturnType<typeof connect>;

beforeEach(async () => {
	now = Date.parse('2026-03-04T12:00:00+01:00');
	zoho = await startZohoSimulator({ now: () => now, creditLimit: 10, concurrencyLimit: 6 });
	call = connect(zoho);
});
afterEach(() => zoho.close());

const currentUser = () => call('GET', '/users', { query: { type: 'CurrentUser' } });
const insert = (count: number) =>
	call('POST', '/Contacts', { body: { data: Array(count).fill({ Last_Name: 'A' }) } });

describe('credits', () => {
	it('are told only after half of them is used', async () => {
		for (let count = 0; count < 5; count++) {
			expect((await currentUser()).headers.get('x-api-credits-remaining')).toBeNull();
		}
		expect((await currentUser()).headers.get('x-api-credits-remaining')).toBe('4');
	});

	it('run out, and come back after 24 hours', async () => {
		await insert(100);
		const refused = await currentUser();
		expect([refused.status, refused.body.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
		expect(zoho.credits.used).toBe(10);
		now += 24 * HOUR;
		call = connect(zoho);
		expect((await currentUser()).status).toBe(200);
	});

	it('are counted per ten records', async () => {
		await insert(11);
		expect(zoho.requests.at(-1)).toMatchObject({
			method: 'POST',
			path: '/crm/v8/Contacts',
			status: 201,
			credits: 2,
		});
	});
});

describe('concurrency', () => {
	const composite = () =>
		call('POST', '/__composite_requests', {
			body: {
				__composite_requests: [{ method: 'GET', uri: '/crm/v8/users', params: { per_page: 9 } }],
			},
		});

	it('refuses what is too much at a time', async () => {
		zoho.settings.latencyMs = 100;
		const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(currentUser));
		expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
		expect(zoho.concurrency.highest.calls).toBe(6);
	});

	it('counts a composite request as five', async () => {
		zoho.settings.latencyMs = 100;
		const answers = await Promise.all([composite(), composite()]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 429]);
	});
});

describe('faults', () => {
	it('answer with an error and carry nothing out', async () => {
		zoho.faults.add({ kind: 'status', status: 500, match: /^POST .*Contacts$/ });
		expect((await currentUser()).status).toBe(200);
		const failed = await insert(1);
		expect([failed.status, failed.body.code]).toEqual([500, 'INTERNAL_ERROR']);
		expect(zoho.records('Contacts')).toEqual([]);
		expect((await insert(1)).status).toBe(201);
	});

	it('answer with an error after the record was written', async () => {
		zoho.faults.add({ kind: 'errorAfterCommit' });
		expect((await insert(1)).status).toBe(500);
		expect(zoho.records('Contacts')).toHaveLength(1);
	});

	it.each([
		['drop', 0],
		['dropAfterCommit', 1],
	] as const)('end the connection: %s leaves %d records', async (kind, count) => {
		zoho.faults.add({ kind });
		await expect(insert(1)).rejects.toThrow();
		expect(zoho.records('Contacts')).toHaveLength(count);
		expect(zoho.requests.at(-1)?.status).toBe(0);
	});

	it('hit as many requests as asked', async () => {
		zoho.faults.add({ kind: 'status', status: 429, retryAfter: 3, times: 2 });
		const answers = [await currentUser(), await currentUser(), await currentUser()];
		expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
		expect(answers[0].headers.get('retry-after')).toBe('3');
		expect(zoho.faults.pending).toEqual([]);
	});

	it('hit by chance, the same requests with the same seed', async () => {
		const statuses = async (seed: number) => {
			zoho.reset();
			zoho.faults.plan({
				seed,
				faults: [
					{ kind: 'status', status: 500, share: 0.2 },
					{ kind: 'status', status: 503, share: 0.2, match: /^POST/ },
				],
			});
			const answered: number[] = [];
			for (let nth = 0; nth < 60; nth++) {
				answered.push((await currentUser()).status);
				zoho.credits.reset();
			}
			return answered;
		};
		const first = await statuses(7);
		expect(await statuses(7)).toEqual(first);
		expect(await statuses(8)).not.toEqual(first);
		const spoilt = first.filter((status) => status === 500);
		expect(spoilt.length).toBeGreaterThan(5);
		expect(spoilt.length).toBeLessThan(25);
		expect(first).not.toContain(503);
		expect(zoho.faults.hits.every(({ status }) => status === 500)).toBe(true);
		zoho.faults.clear();
		expect((await currentUser()).status).toBe(200);
	});

	it('answer with pages instead of JSON', async () => {
		zoho.faults.add({ kind: 'status', status: 503 });
		zoho.faults.add({ kind: 'notJson' });
		for (const status of [503, 200]) {
			const response = await fetch(`${zoho.baseUrl}/crm/v8/org`, {
				headers: { authorization: `Bearer ${zoho.issueToken().access_token}` },
			});
			expect(response.status).toBe(status);
			expect(response.headers.get('content-type')).toContain('text/html');
		}
	});

	it('refuse a good token once', async () => {
		zoho.faults.add({ kind: 'status', status: 401 });
		expect((await currentUser()).body.code).toBe('INVALID_TOKEN');
		expect((await currentUser()).status).toBe(200);
	});

	it('keep an answer waiting until the client gives up', async () => {
		zoho.faults.add({ kind: 'slow', delayMs: 60_000 });
		const impatient = fetch(`${zoho.baseUrl}/crm/v8/org`, {
			headers: { authorization: `Bearer ${zoho.issueToken().access_token}` },
			signal: AbortSignal.timeout(50),
		});
		await expect(impatient).rejects.toThrow();
	});

	it('can hit the token endpoint', async () => {
		zoho.faults.add({ kind: 'status', status: 503, match: /oauth\/v2\/token/ });
		const response = await fetch(`${zoho.baseUrl}/oauth/v2/token`, { method: 'POST' });
		expect(response.status).toBe(503);
	});
});

describe('bodies', () => {
	it('must be JSON', async () => {
		const { access_token: token } = zoho.issueToken();
		const post = (contentType: string, body: string) =>
			fetch(`${zoho.baseUrl}/crm/v8/Contacts`, {
				method: 'POST',
				headers: { authorization: `Bearer ${token}`, 'content-type': contentType },
				body,
			});
		expect((await post('text/plain', '{}')).status).toBe(415);
		const broken = await post('application/json', '{"data":');
		expect([broken.status, ((await broken.json()) as { code: string }).code]).toEqual([
			400,
			'INVALID_DATA',
		]);
	});
});
