import { systemClock } from '../../../nodes/transport/Clock';
import {
	registerWebhook,
	removeWebhook,
	secretOnPbx,
} from '../../../nodes/Yeastar/events/webhookRegistration';
import type { YeastarPbx } from '../../../nodes/Yeastar/transport/yeastarPbx';
import {
	startPbxSimulator,
	type PbxSimulator,
	type WebhookEntry,
} from '../../simulators/yeastar/pbxSimulator.mts';
import { clientOf } from '../yeastar/yeastarNode.mts';

const URL = 'https://n8n.example/webhook/1/yeastar';
const SECRET = '0123456789abcdef0123456789abcdef';
const own = (chosen: number[] = []): WebhookEntry => ({
	url: URL,
	secret: SECRET,
	request_method: 'POST',
	event_ids: [30011, 30013, 30014, 30015, 30012, ...chosen],
});
const foreign = (count: number): WebhookEntry[] =>
	Array.from({ length: count }, (_, index) => ({
		url: `https://crm.example/hook/${index}`,
		secret: `secret of system ${index}`,
		request_method: index % 2 ? 'GET' : 'POST',
		event_ids: [0],
	}));

let pbx: PbxSimulator;
let client: YeastarPbx;
beforeAll(async () => {
	pbx = await startPbxSimulator();
	client = clientOf(pbx, { ...systemClock, sleep: async () => await Promise.resolve() });
});
afterAll(async () => await pbx.close());
beforeEach(() => {
	pbx.reset();
	pbx.webhooks.webhook_event_push_timeout = 7;
	pbx.webhooks.webhook_event_push_retry_count = 2;
});

const has = (entries: WebhookEntry[]) => (pbx.webhooks.webhook_event_push_list = entries);
const list = () => pbx.webhooks.webhook_event_push_list;
const updates = () => pbx.requests.filter(({ path }) => path === 'webhook/update');
const register = async (chosenEvents: number[] = []) =>
	await registerWebhook(client, { url: URL, secret: SECRET, chosenEvents }, noWaiting);
const remove = async () => await removeWebhook(client, URL, noWaiting);
const noWaiting = { ...systemClock, sleep: async () => await Promise.resolve() };

describe('a node that registers itself', () => {
	it('keeps the entries of four other systems, and how the PBX pushes', async () => {
		has(foreign(4));
		await register([30008]);
		expect(list()).toEqual([...foreign(4), own([30008])]);
		expect(pbx.webhooks).toMatchObject({
			webhook_event_push_timeout: 7,
			webhook_event_push_retry_count: 2,
		});
	});

	it('takes no sixth place, and says what to do', async () => {
		has(foreign(5));
		await expect(register()).rejects.toMatchObject({
			message: 'Other systems use all 5 webhooks of the PBX',
			advice: expect.stringContaining('delete an entry') as string,
		});
		expect(list()).toEqual(foreign(5));
		expect(updates()).toEqual([]);
	});

	it('writes nothing the second time', async () => {
		await register();
		await register();
		expect(list()).toEqual([own()]);
		expect(updates()).toHaveLength(1);
	});

	it('corrects what is left of an earlier time', async () => {
		has([{ ...own(), secret: 'an earlier one' }, ...foreign(3), { ...own(), event_ids: [0] }]);
		await register();
		expect(list()).toEqual([...foreign(3), own()]);
	});

	it.each([1, 3])('writes again when another system overwrites it, %d times', async (times) => {
		has(foreign(2));
		pbx.faults.rivalWebhookWriters = times;
		await register();
		expect(list()).toEqual([...foreign(2), own()]);
	});

	it('gives up when another system overwrites it again and again', async () => {
		pbx.faults.rivalWebhookWriters = 100;
		await expect(register()).rejects.toThrow('Another system keeps overwriting the webhooks');
		expect(updates().length).toBeLessThan(10);
	});

	it('does not get in the way of other nodes of this n8n', async () => {
		const urls = [1, 2, 3].map((n) => `${URL}/${n}`);
		has(foreign(2));
		await Promise.all(
			urls.map(
				async (url) =>
					await registerWebhook(client, { url, secret: SECRET, chosenEvents: [] }, noWaiting),
			),
		);
		expect(
			list()
				.map(({ url }) => url)
				.toSorted(),
		).toEqual([...foreign(2).map(({ url }) => url), ...urls].toSorted());
	});

	it('says when the administrator has switched webhooks off', async () => {
		pbx.webhooks.enb_webhook_event_push = 0;
		await expect(register()).rejects.toMatchObject({
			message: 'Webhook Event Push is switched off on the PBX',
		});
	});

	it('says which event the PBX does not push', async () => {
		await expect(register([30008, 30099])).rejects.toThrow('does not push event 30099 by webhook');
		expect(updates()).toEqual([]);
	});

	it('says that the firmware is too old', async () => {
		pbx.faults.answers = [{ kind: 'errcode', path: 'webhook/query', errcode: 10001 }];
		await expect(register()).rejects.toThrow('The firmware of the PBX has no webhooks');
	});

	it('changes nothing when it does not find the list', async () => {
		has(foreign(2));
		pbx.faults.answers = [{ kind: 'errcode', path: 'webhook/query', errcode: 0 }];
		await expect(register()).rejects.toThrow('in a form that this node does not know');
		expect(updates()).toEqual([]);
	});
});

describe('a node that removes itself', () => {
	it('keeps the entries of other systems', async () => {
		has([...foreign(2), own(), ...foreign(2)]);
		await remove();
		expect(list()).toEqual([...foreign(2), ...foreign(2)]);
	});

	it('writes nothing when it is not there', async () => {
		has(foreign(1));
		await remove();
		expect(updates()).toEqual([]);
	});

	it('tries again when another system brings it back', async () => {
		has([own()]);
		pbx.faults.rivalWebhookWriters = 1;
		await remove();
		expect(list()).toEqual([]);
	});
});

it('the secret of an entry can be read from the PBX', async () => {
	has([...foreign(2), own()]);
	expect(await secretOnPbx(client, URL)).toBe(SECRET);
	expect(await secretOnPbx(client, `${URL}/other`)).toBeNull();
});
