import {
	startWeComSimulator,
	type WeComSimulator,
} from '../../simulators/wecom/weComSimulator.mts';
import { until } from '../../e2e/stack/until.mts';
import { encrypt, SECRETS, signedRequest } from '../../unit/wecom-callback/vectors.mts';
import { emptyDatabase, publishTrigger, type Database } from './publishedTrigger.mts';

let wecom: WeComSimulator;
let database: Database;
let openKfId: string;
let published: Array<{ kill(): Promise<void> }>;

beforeEach(async () => {
	wecom = await startWeComSimulator();
	openKfId = wecom.addAccount({ name: '售后' });
	database = emptyDatabase();
	published = [];
});
afterEach(async () => {
	for (const each of published) await each.kill();
	await wecom.close();
});

const publish = async (settings: Parameters<typeof publishTrigger>[2] = {}) => {
	const trigger = await publishTrigger(wecom, database, settings);
	published.push(trigger);
	return trigger;
};
const arrival = async (count: number) =>
	await until(() => database.executions.filter(({ isOver }) => isOver).length >= count, {
		what: `${count} executions`,
		everyMs: 10,
	});

const post = async (
	url: string,
	{ query, body }: { query: Record<string, string>; body: Buffer | string },
) => {
	const answer = await fetch(`${url}?${new URLSearchParams(query)}`, {
		method: 'POST',
		headers: { 'Content-Type': 'text/xml' },
		body: typeof body === 'string' ? body : new Uint8Array(body),
	});
	return answer.status;
};
const now = () => String(Math.floor(Date.now() / 1_000));
const eventFor = (account: string, token = 'ENCtoken') =>
	`<xml><Event>kf_msg_or_event</Event><Token>${token}</Token><OpenKfId>${account}</OpenKfId></xml>`;

describe('the address of the trigger', () => {
	it('can be saved in the console of WeCom', async () => {
		const { url, answers } = await publish();
		expect(await wecom.saveCallbackUrl(url)).toMatchObject({ saved: true });
		expect(answers).toEqual([{ status: 200, body: expect.stringMatching(/^\d+$/) }]);
	});

	it('cannot be saved with another token', async () => {
		const { url } = await publish({ credential: { callbackToken: 'Another' } });
		expect(await wecom.saveCallbackUrl(url)).toMatchObject({ saved: false, status: 401 });
	});

	it('refuses what does not come from WeCom, and starts and reads nothing', async () => {
		const { url } = await publish({ parameters: { options: { pollSeconds: 0 } } });
		const before = wecom.requests.length;
		const sound = signedRequest(encrypt(eventFor(openKfId)), now());
		const bomb =
			'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>';
		const statuses = [
			await post(url, { ...sound, query: { ...sound.query, nonce: 'other' } }),
			await post(url, signedRequest(encrypt(eventFor(openKfId)).slice(4, -20), now())),
			await post(url, signedRequest(encrypt(eventFor(openKfId), { receiver: 'wwOther' }), now())),
			await post(url, { ...sound, body: bomb }),
			await post(url, { ...sound, body: 'a'.repeat(70_000) }),
			await post(url, signedRequest(encrypt(eventFor(openKfId)), '1717171717')),
			await post(url, { query: {}, body: 'hello' }),
		];
		expect(statuses).toEqual([401, 400, 403, 400, 413, 403, 400]);
		expect(wecom.requests).toHaveLength(before);
		expect(database.executions).toEqual([]);
	});

	it('answers what concerns others with 200, and does nothing', async () => {
		const { url } = await publish({ parameters: { options: { pollSeconds: 0 } } });
		const before = wecom.requests.length;
		const other = '<xml><Event>change_contact</Event></xml>';
		expect(await post(url, signedRequest(encrypt(other), now()))).toBe(200);
		expect(wecom.requests).toHaveLength(before);
	});

	it('answers before anything is read', async () => {
		const customer = wecom.addCustomer();
		const { url } = await publish();
		wecom.useCallbackUrl(url);
		wecom.faults.answers.push({ kind: 'hang', path: 'kf/sync_msg' });
		await wecom.customerWrites(openKfId, customer, { text: 'hello' });
		await wecom.delivered();
		expect(wecom.callbacks.map(({ answers }) => answers)).toEqual([[200]]);
	});

	it('is the one of the test vectors', () => {
		expect(SECRETS).toMatchObject({
			corpId: wecom.corpId,
			callbackToken: wecom.callbackToken,
			encodingAesKey: wecom.encodingAesKey,
		});
	});
});

describe('triggers of one company', () => {
	it('are all woken by the callback of one, and each gives the message once', async () => {
		const customer = wecom.addCustomer();
		const other = emptyDatabase();
		published.push(
			await publishTrigger(wecom, other, { parameters: { startOn: ['customerMessage'] } }),
		);
		const { url } = await publish();
		wecom.useCallbackUrl(url);
		await wecom.customerWrites(openKfId, customer, { text: 'for both' });
		await arrival(1);
		await until(() => other.executions.length > 0, { what: 'the other trigger', everyMs: 10 });
		expect(
			[database, other].map(({ executions }) => executions.map(({ message }) => message.text)),
		).toEqual([['for both'], ['for both']]);
	});
});

describe('accounts', () => {
	it('that the app manages from now on are read, and an item tells of them if asked for', async () => {
		const customer = wecom.addCustomer();
		const added = wecom.addAccount({ name: '售前', managed: false });
		const { url } = await publish({
			parameters: { startOn: ['customerMessage', 'accountsChanged'] },
		});
		wecom.useCallbackUrl(url);
		wecom.changeManagedAccounts({ add: [added] });
		await arrival(1);
		expect(database.executions[0].message).toMatchObject({
			type: 'event',
			externalUserId: null,
			event: { type: 'accountsChanged', accountsAdded: [added], accountsRemoved: [] },
		});
		await wecom.customerWrites(added, customer, { text: 'new account' });
		await arrival(2);
		expect(database.executions[1].message).toMatchObject({
			openKfId: added,
			accountName: '售前',
			text: 'new account',
		});
	});

	it('that were not chosen are not read', async () => {
		const customer = wecom.addCustomer();
		const other = wecom.addAccount({ name: '售前' });
		const { url } = await publish({ parameters: { accounts: [openKfId] } });
		wecom.useCallbackUrl(url);
		await wecom.customerWrites(other, customer, { text: 'not for us' });
		await wecom.customerWrites(openKfId, customer, { text: 'for us' });
		await arrival(1);
		expect(database.executions.map(({ message }) => message.text)).toEqual(['for us']);
	});
});

describe('a publication', () => {
	it.each([
		['without token', { callbackToken: '' }, 'lacks Callback Token'],
		['with a key that is too short', { encodingAesKey: 'short' }, 'has 5 characters instead of 43'],
		['with a wrong secret', { secret: 'wrong' }, 'secret'],
	])('%s fails, and says why', async (_name, credential, message) => {
		await expect(publish({ credential })).rejects.toThrow(message);
		expect(wecom.requests.some(({ path }) => path === 'kf/sync_msg')).toBe(false);
	});

	it('with an account that the app does not manage fails, and names it', async () => {
		const other = wecom.addAccount({ name: '售前', managed: false });
		await expect(publish({ parameters: { accounts: [other] } })).rejects.toThrow(/售前.*Manage/);
	});

	it('with an address that is not trusted fails', async () => {
		wecom.faults.untrustedIp = true;
		await expect(publish()).rejects.toThrow(/IP/);
	});

	it('without anything to start on fails', async () => {
		await expect(publish({ parameters: { startOn: [] } })).rejects.toThrow('Start On is empty');
	});
});
