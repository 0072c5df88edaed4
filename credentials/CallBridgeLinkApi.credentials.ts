import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class CallBridgeLinkApi implements ICredentialType {
	name = 'callBridgeLinkApi';

	displayName = 'CallBridge Link API';

	icon: Icon = {
		light: 'file:../nodes/CallPage/callPage.svg',
		dark: 'file:../nodes/CallPage/callPage.dark.svg',
	};

	documentationUrl = 'https://github.com/callbridge/n8n-nodes-callbridge#call-page';

	properties: INodeProperties[] = [
		{
			displayName:
				'Signs the links of screen pop, click to call and tickets. Make a key with a password generator; a function in Zoho CRM that signs links needs the same one.',
			name: 'whereToFind',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Signing Key',
			name: 'signingKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'At least 32 characters. Whoever has it can make links for everybody.',
		},
		{
			displayName: 'Previous Signing Key',
			name: 'previousSigningKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Links that were signed with it are still accepted. For the time in which you change the key; empty it afterwards.',
		},
	];
}
