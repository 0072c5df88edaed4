import { ZohoCrmTrigger } from '../../../nodes/Zoho/ZohoCrmTrigger.node';
import { ZohoDeskTrigger } from '../../../nodes/Zoho/ZohoDeskTrigger.node';
import { WeComCustomerServiceTrigger } from '../../../nodes/WeCom/WeComCustomerServiceTrigger.node';
import { YeastarWebhookTrigger } from '../../../nodes/Yeastar/YeastarWebhookTrigger.node';
import packageJson from '../../../package.json';
import { pathsOfTriggers } from '../../e2e/stack/queueFront.mts';

const triggers = [
	new YeastarWebhookTrigger(),
	new ZohoCrmTrigger(),
	new ZohoDeskTrigger(),
	new WeComCustomerServiceTrigger(),
];

describe('the front server in docker-compose.yml', () => {
	it.each(triggers.map(({ description }) => [description.displayName, description]))(
		'sends what comes for %s to the main process',
		(_name, { webhooks = [] }) => {
			expect(webhooks.length).toBeGreaterThan(0);
			for (const { path } of webhooks) {
				expect(`/webhook/417fa311-dd42-5175-a59c-a1ef184f11c3/${path}`).toMatch(pathsOfTriggers());
			}
		},
	);

	it('knows all triggers of the package that have a webhook', () => {
		const names = packageJson.n8n.nodes
			.map((file) => file.split('/').at(-1)!.replace('.node.js', ''))
			.filter((name) => name.endsWith('Trigger') && name !== 'YeastarTrigger');
		expect(triggers.map((trigger) => trigger.constructor.name).sort()).toEqual(names.sort());
	});

	it.each(['/webhook/callbridge-recording', '/webhook/screen-pop', '/webhook/wecom'])(
		'sends %s to the webhook process',
		(path) => expect(path).not.toMatch(pathsOfTriggers()),
	);
});
