import type { IHookFunctions, INodeParameters } from 'n8n-workflow';
import { ZohoCrmTrigger } from '../../../nodes/Zoho/ZohoCrmTrigger.node';
import { ZohoDeskTrigger } from '../../../nodes/Zoho/ZohoDeskTrigger.node';
import { homeOf } from '../../../nodes/Zoho/desk/events/hubs';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { loadOptionsContext } from '../nodeContext.mts';
import { zohoCredential } from '../zoho/zohoNode.mts';

const PUBLISHED = 'http://127.0.0.1:5678/webhook/1/zoho';
const TEST = 'http://127.0.0.1:5678/webhook-test/1/zoho';

let zoho: ZohoSimulator;
beforeEach(async () => {
	zoho = await startZohoSimulator({ desk: { edition: 'PROFESSIONAL' } });
	zoho.notifications.settings.notifyUrls = 'loopback';
});
afterEach(async () => await zoho.close());

/** What n8n gives to the hooks of the webhook, of a publication or of a test in the editor. */
function hooks(
	trigger: ZohoCrmTrigger | ZohoDeskTrigger,
	url: string,
	mode: 'trigger' | 'manual' | 'internal',
	parameters: INodeParameters = {},
): IHookFunctions {
	const deskOrgId = zoho.desk.orgId;
	return {
		...loadOptionsContext(trigger, {
			parameters,
			credentials: {
				callBridgeZohoOAuth2Api: zohoCredential(zoho, { deskApiUrl: zoho.baseUrl, deskOrgId }),
			},
		}),
		getMode: () => mode,
		getActivationMode: () => (mode === 'manual' ? 'manual' : 'activate'),
		getNodeWebhookUrl: () => url,
	} as unknown as IHookFunctions;
}

describe('a test in the editor that cannot begin, of a workflow that is published', () => {
	it('leaves the channel of the published Zoho CRM Trigger alone', async () => {
		const trigger = new ZohoCrmTrigger();
		const { checkExists, create, delete: end } = trigger.webhookMethods.default;
		await create.call(hooks(trigger, PUBLISHED, 'trigger'));
		expect(zoho.notifications.channels()).toHaveLength(1);

		const draft = { modules: [] };
		await expect(checkExists.call(hooks(trigger, TEST, 'manual', draft))).rejects.toThrow(
			'No module is chosen',
		);
		// So n8n takes back a test that has not begun (test-webhooks.ts, needsWebhook).
		expect(await end.call(hooks(trigger, TEST, 'internal', draft))).toBe(true);
		expect(zoho.notifications.channels()).toHaveLength(1);

		expect(await end.call(hooks(trigger, PUBLISHED, 'internal'))).toBe(true);
		expect(zoho.notifications.channels()).toEqual([]);
	});

	it('leaves the published Zoho Desk Trigger in the webhook', async () => {
		const trigger = new ZohoDeskTrigger();
		const { create, delete: end } = trigger.webhookMethods.default;
		const published = hooks(trigger, PUBLISHED, 'trigger');
		await create.call(published);
		const id = `${published.getWorkflow().id} ${published.getNode().id}`;
		const home = homeOf(id);
		expect(home?.key).toMatch(/^[\w-]{32}$/);

		expect(await end.call(hooks(trigger, TEST, 'internal'))).toBe(true);
		expect(homeOf(id)).toBe(home);

		expect(await end.call(hooks(trigger, PUBLISHED, 'internal'))).toBe(true);
		expect(homeOf(id)).toBeUndefined();
	});
});
