import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
	IDataObject,
	IHookFunctions,
	INodeExecutionData,
	INodeParameters,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { WeComCustomerServiceTrigger } from '../../../nodes/WeCom/WeComCustomerServiceTrigger.node';
import {
	startWeComSimulator,
	type WeComSimulator,
} from '../../simulators/wecom/weComSimulator.mts';
import { until } from '../../e2e/stack/until.mts';
import { loadOptionsContext, prepareBinaryData } from '../nodeContext.mts';
import { fastClock } from './fastClock.mts';

/** The 15 seconds that a test waits for a callback are half a second. */
const FACTOR = 30;

let clock: ReturnType<typeof fastClock>;
let wecom: WeComSimulator;
let openKfId: string;
let customer: string;
let server: Server;
let url: string;
let shown: INodeExecutionData[];
let context: IHookFunctions & ITriggerFunctions;
const node = new WeComCustomerServiceTrigger();

beforeEach(async () => {
	clock = fastClock(FACTOR);
	wecom = await startWeComSimulator({ now: clock.now });
	openKfId = wecom.addAccount({ name: '售后' });
	customer = wecom.addCustomer({ nickname: '王芳' });
	shown = [];
	// As n8n: what the webhook gives only lets the trigger run, and that shows what it emits.
	server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const { searchParams } = new URL(request.url ?? '/', url);
			const ofWebhook = {
				...context,
				getWebhookName: () => (request.method === 'GET' ? 'setup' : 'default'),
				getQueryData: () => Object.fromEntries(searchParams),
				getRequestObject: () => ({ rawBody: Buffer.concat(parts) }),
				getResponseObject: () => ({
					status: (code: number) => {
						response.statusCode = code;
					},
					setHeader: response.setHeader.bind(response),
					end: (body: string) => response.end(body),
				}),
			};
			void node.webhook
				.call(ofWebhook as unknown as IWebhookFunctions)
				.then(async ({ workflowData }) => {
					if (!workflowData) return;
					const { manualTriggerFunction } = await node.trigger.call(context);
					await manualTriggerFunction?.();
				});
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook-test/wecom`;
});
afterEach(async () => {
	await node.webhookMethods.default.delete.call(context);
	server.closeAllConnections();
	server.close();
	await wecom.close();
	clock.stop();
});

async function startTest(parameters: INodeParameters = {}): Promise<void> {
	const base = loadOptionsContext(node, {
		parameters,
		credentials: {
			weComCustomerServiceApi: {
				corpId: wecom.corpId,
				secret: wecom.secret,
				callbackToken: wecom.callbackToken,
				encodingAesKey: wecom.encodingAesKey,
				apiBaseUrl: wecom.baseUrl,
			},
		},
	});
	context = {
		...base,
		helpers: { ...base.helpers, prepareBinaryData },
		getActivationMode: () => 'manual',
		getNodeWebhookUrl: () => url,
		emit: ([items]: INodeExecutionData[][]) => {
			shown.push(...items);
		},
	} as unknown as typeof context;
	await node.webhookMethods.default.create.call(context);
}

const message = async (): Promise<IDataObject> => {
	await until(() => shown.length > 0, { what: 'the item of the test', everyMs: 10 });
	return shown[0].json;
};

describe('a test in the editor', () => {
	it('shows what a callback brings', async () => {
		await wecom.customerWrites(openKfId, customer, { text: 'earlier' });
		await startTest();
		wecom.useCallbackUrl(url);
		await wecom.customerWrites(openKfId, customer, { text: 'now' });
		expect(await message()).toMatchObject({ text: 'now', customer: { nickname: '王芳' } });
		expect(shown).toHaveLength(1);
	});

	it('shows what a callback brings whose token WeCom refuses', async () => {
		await startTest();
		wecom.useCallbackUrl(url);
		const readings = () => wecom.requests.filter(({ path }) => path === 'kf/sync_msg');
		await until(() => readings().length > 0, { what: 'the first reading', everyMs: 10 });
		wecom.faults.answers.push({ kind: 'errcode', errcode: 95007, path: 'kf/sync_msg', times: 1 });
		await wecom.customerWrites(openKfId, customer, { text: 'now' });
		expect(await message()).toMatchObject({ text: 'now', receivedBy: 'callback' });
		expect(readings().map(({ errcode }) => errcode)).toEqual([0, 95007, 0]);
	});

	it('shows the latest message when nothing comes, with its file', async () => {
		const bytes = Buffer.from('%PDF-1.4 sample');
		await wecom.customerWrites(openKfId, customer, { text: 'earlier' });
		await wecom.customerWrites(openKfId, customer, { file: { name: 'a.pdf', bytes } });
		await startTest();
		expect(await message()).toMatchObject({ text: '[File] a.pdf', receivedBy: 'poll' });
		expect(Buffer.from(shown[0].binary?.data.data ?? '', 'base64')).toEqual(bytes);
	});

	it('shows a sample when WeCom has no message that fits', async () => {
		await wecom.customerWrites(openKfId, customer, { text: 'not asked for' });
		await startTest({ startOn: ['sendFailed'] });
		expect(await message()).toMatchObject({ messageId: 'sample', openKfId, accountName: '售后' });
	});

	it('can be saved in the console of WeCom while it lasts', async () => {
		await startTest();
		expect(await wecom.saveCallbackUrl(url)).toMatchObject({ saved: true });
	});

	it('does not let strangers start it', async () => {
		await startTest();
		const answer = await fetch(`${url}?key=guessed`, { method: 'POST', body: 'hello' });
		expect(answer.status).toBe(400);
		await message();
		expect(shown).toHaveLength(1);
	});
});
