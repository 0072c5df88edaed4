import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class YeastarApi implements ICredentialType {
	name = 'yeastarApi';

	displayName = 'Yeastar API';

	icon: Icon = {
		light: 'file:../nodes/Yeastar/yeastar.svg',
		dark: 'file:../nodes/Yeastar/yeastar.dark.svg',
	};

	documentationUrl = 'https://github.com/callbridge/n8n-nodes-callbridge#yeastar-p-series-pbx';

	properties: INodeProperties[] = [
		{
			displayName:
				'In the PBX portal, open <b>Integrations &gt; API</b>, switch the API on, and copy the Client ID and the Client Secret from there. Works with P-Series Appliance, Software and Cloud Edition.',
			name: 'whereToFind',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'PBX Address',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://192.168.5.150:8088',
			description:
				'The address with which you open the PBX portal in the browser. In the local network usually with port 8088; without a port for yeastarcloud.com and ras.yeastar.com.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: 'From Integrations > API in the PBX portal',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'From Integrations > API in the PBX portal, beside the Client ID',
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSslIssues',
			type: 'boolean',
			default: false,
			description:
				'Whether to connect even if SSL certificate validation is not possible. A PBX in the local network usually has a certificate that it made itself.',
		},
	];
}
