import type {
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import {
	addressExpression,
	CUSTOM_DATA_CENTER,
	DATA_CENTERS,
	type ZohoAddresses,
} from '../nodes/Zoho/transport/dataCenters';
import { CRM_SCOPES, DESK_SCOPES } from '../nodes/Zoho/transport/scopes';

const dataCenterOptions: INodePropertyOptions[] = [
	...Object.entries(DATA_CENTERS).map(([value, { name, crmUrl }]) => ({
		name: `${name} (${new URL(crmUrl).host.replace(/^crm\./, '')})`,
		value,
	})),
	{ name: 'Custom', value: CUSTOM_DATA_CENTER },
].sort((one, other) => one.name.localeCompare(other.name));

/** An address that people type themselves; for the known data centres it comes from the table. */
function typedAddress(
	displayName: string,
	name: keyof ZohoAddresses,
	description: string,
	placeholder: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		description,
		placeholder,
		displayOptions: { show: { dataCenter: [CUSTOM_DATA_CENTER] } },
	};
}

export class CallBridgeZohoOAuth2Api implements ICredentialType {
	name = 'callBridgeZohoOAuth2Api';

	displayName = 'CallBridge Zoho OAuth2 API';

	extends = ['oAuth2Api'];

	icon: Icon = {
		light: 'file:../nodes/Zoho/zohoCrmTelephony.svg',
		dark: 'file:../nodes/Zoho/zohoCrmTelephony.dark.svg',
	};

	documentationUrl = 'https://github.com/callbridge/n8n-nodes-callbridge#connecting-zoho';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Data Center',
			name: 'dataCenter',
			type: 'options',
			options: dataCenterOptions,
			default: 'us',
			description:
				'Where your Zoho account lives. The address bar of your browser shows it when you have Zoho CRM open.',
		},
		typedAddress(
			'Accounts URL',
			'accountsUrl',
			'Address where Zoho logs people in and hands out tokens',
			'e.g. https://accounts.zoho.eu',
		),
		typedAddress(
			'CRM API URL',
			'crmApiUrl',
			'Address of the Zoho CRM API, without a path',
			'e.g. https://www.zohoapis.eu',
		),
		typedAddress(
			'Desk API URL',
			'deskApiUrl',
			'Address of the Zoho Desk API, without a path',
			'e.g. https://desk.zoho.eu',
		),
		typedAddress(
			'CRM URL',
			'crmUrl',
			'Address of Zoho CRM in the browser, for links to records',
			'e.g. https://crm.zoho.eu',
		),
		typedAddress(
			'Desk URL',
			'deskUrl',
			'Address of Zoho Desk in the browser, for links to tickets',
			'e.g. https://desk.zoho.eu',
		),
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `={{ ${addressExpression('accountsUrl', '$self')} }}/oauth/v2/auth`,
			required: true,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ ${addressExpression('accountsUrl', '$self')} }}/oauth/v2/token`,
			required: true,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			// Zoho joins scopes with commas; n8n keeps the comma only where no blank follows.
			default: [...CRM_SCOPES, ...DESK_SCOPES].join(','),
			description:
				'What the connection may do, separated by commas without blanks. Take out what begins with Desk, or with ZohoCRM and ZohoSearch, if you do not have that product.',
		},
		{
			displayName: 'Desk Organization ID',
			name: 'deskOrgId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 60001234567',
			description:
				'Needed only if you belong to several organizations of Zoho Desk. You find it in Zoho Desk under Setup > Developer Space > API.',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			// Without prompt=consent, Zoho gives no refresh token when the same user connects a second time.
			default: 'access_type=offline&prompt=consent',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ${addressExpression('crmApiUrl', '$credentials')} }}`,
			url: '/crm/v8/users',
			qs: { type: 'CurrentUser' },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Zoho CRM does not accept this connection. Check the data center, and that the scope holds ZohoCRM.users.READ, then connect again.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The connected user may not use the API. Have an administrator switch on "Zoho CRM API Access" in the profile of that user.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'No Zoho CRM answers at the CRM API URL. Check the data center.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 429,
					message:
						'Zoho CRM takes no more requests for now: the API credits of the last 24 hours are used up, or too many requests run at once.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 503,
					message: 'Zoho CRM is out of service at the moment. Try again in a few minutes.',
				},
			},
		],
	};
}
