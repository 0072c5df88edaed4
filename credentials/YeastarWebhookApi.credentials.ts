import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class YeastarWebhookApi implements ICredentialType {
	name = 'yeastarWebhookApi';

	displayName = 'Yeastar Webhook API';

	icon: Icon = {
		light: 'file:../nodes/Yeastar/yeastar.svg',
		dark: 'file:../nodes/Yeastar/yeastar.dark.svg',
	};

	documentationUrl = 'https://github.com/callbridge/n8n-nodes-callbridge#yeastar-webhook-trigger';

	properties: INodeProperties[] = [
		{
			displayName:
				'Only for a PBX that n8n cannot reach. In the PBX portal, open <b>Integrations &gt; API</b>, tick <b>Webhook Event Push</b>, add a webhook, and copy its Secret from there.',
			name: 'whereToFind',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'With it the PBX signs what it pushes; anything else is refused',
		},
	];
}
