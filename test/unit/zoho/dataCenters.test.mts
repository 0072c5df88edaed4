import { NodeHelpers, Workflow, type IDataObject, type INodeParameters } from 'n8n-workflow';
import { CallBridgeZohoOAuth2Api } from '../../../credentials/CallBridgeZohoOAuth2Api.credentials';
import {
	addressesOf,
	addressExpression,
	DATA_CENTERS,
	type ZohoAddresses,
} from '../../../nodes/Zoho/transport/dataCenters';

const typed: ZohoAddresses = {
	accountsUrl: 'http://127.0.0.1:1/',
	crmApiUrl: 'http://127.0.0.1:2',
	deskApiUrl: 'http://127.0.0.1:3',
	crmUrl: 'http://127.0.0.1:4//',
	deskUrl: 'http://127.0.0.1:5',
};

const workflow = new Workflow({
	nodes: [],
	connections: {},
	active: false,
	nodeTypes: {
		getByName: () => {
			throw new Error('There are no nodes');
		},
		getByNameAndVersion: () => {
			throw new Error('There are no nodes');
		},
		getKnownTypes: () => ({}),
	},
});
const node = {
	id: '1',
	name: 'Credential',
	type: 'none',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};

/** As n8n does it: add the defaults, then evaluate expressions with the credential as $self. */
function resolved(values: IDataObject): IDataObject {
	const data = NodeHelpers.getNodeParameters(
		new CallBridgeZohoOAuth2Api().properties,
		values as INodeParameters,
		true,
		false,
		null,
		null,
	) as INodeParameters;
	return workflow.expression.getComplexParameterValue(
		node,
		data,
		'internal',
		{},
		undefined,
		undefined,
		data,
	) as IDataObject;
}

describe('data centres', () => {
	it.each([
		['us', 'https://accounts.zoho.com', 'https://www.zohoapis.com', 'https://crm.zoho.com'],
		['eu', 'https://accounts.zoho.eu', 'https://www.zohoapis.eu', 'https://crm.zoho.eu'],
		['in', 'https://accounts.zoho.in', 'https://www.zohoapis.in', 'https://crm.zoho.in'],
		[
			'au',
			'https://accounts.zoho.com.au',
			'https://www.zohoapis.com.au',
			'https://crm.zoho.com.au',
		],
		['jp', 'https://accounts.zoho.jp', 'https://www.zohoapis.jp', 'https://crm.zoho.jp'],
		[
			'cn',
			'https://accounts.zoho.com.cn',
			'https://www.zohoapis.com.cn',
			'https://crm.zoho.com.cn',
		],
		['ca', 'https://accounts.zohocloud.ca', 'https://www.zohoapis.ca', 'https://crm.zohocloud.ca'],
		['sa', 'https://accounts.zoho.sa', 'https://www.zohoapis.sa', 'https://crm.zoho.sa'],
		['uk', 'https://accounts.zoho.uk', 'https://www.zohoapis.uk', 'https://crm.zoho.uk'],
		['ae', 'https://accounts.zoho.ae', 'https://www.zohoapis.ae', 'https://crm.zoho.ae'],
	])('%s', (dataCenter, accountsUrl, crmApiUrl, crmUrl) => {
		expect(addressesOf({ dataCenter })).toMatchObject({ accountsUrl, crmApiUrl, crmUrl });
		expect(resolved({ dataCenter })).toMatchObject({
			authUrl: `${accountsUrl}/oauth/v2/auth`,
			accessTokenUrl: `${accountsUrl}/oauth/v2/token`,
		});
	});

	it('takes typed addresses for the custom data centre only, without slashes at the end', () => {
		expect(addressesOf({ dataCenter: 'custom', ...typed })).toEqual({
			accountsUrl: 'http://127.0.0.1:1',
			crmApiUrl: 'http://127.0.0.1:2',
			deskApiUrl: 'http://127.0.0.1:3',
			crmUrl: 'http://127.0.0.1:4',
			deskUrl: 'http://127.0.0.1:5',
		});
		expect(addressesOf({ dataCenter: 'eu', ...typed }).crmApiUrl).toBe('https://www.zohoapis.eu');
		expect(addressesOf({ dataCenter: 'custom' }).crmApiUrl).toBe('');
	});

	it('gives n8n the same addresses as expressions', () => {
		for (const [dataCenter, addresses] of Object.entries(DATA_CENTERS)) {
			for (const address of Object.keys(typed) as Array<keyof ZohoAddresses>) {
				const expression = `={{ ${addressExpression(address, '$self')} }}`;
				const { value } = workflow.expression.getComplexParameterValue(
					node,
					{ value: expression },
					'internal',
					{},
					undefined,
					undefined,
					{ dataCenter },
				) as IDataObject;
				expect(value).toBe(addresses[address]);
			}
		}
	});
});

describe('the credential', () => {
	it('derives the log-in addresses from a typed accounts URL', () => {
		expect(resolved({ dataCenter: 'custom', ...typed })).toMatchObject({
			authUrl: 'http://127.0.0.1:1/oauth/v2/auth',
			accessTokenUrl: 'http://127.0.0.1:1/oauth/v2/token',
			authentication: 'body',
			authQueryParameters: 'access_type=offline&prompt=consent',
			grantType: 'authorizationCode',
		});
	});

	it('asks for scopes separated by commas without blanks, so that n8n keeps the commas', () => {
		expect(resolved({}).scope).toMatch(/^[A-Za-z.]+(,[A-Za-z_.]+)+$/);
	});

	it('tests the connection at the API address of the data centre', () => {
		const { baseURL } = new CallBridgeZohoOAuth2Api().test.request;
		const evaluate = (credentials: IDataObject) =>
			workflow.expression.getParameterValue(
				baseURL ?? '',
				null,
				0,
				0,
				'Credential',
				[],
				'internal',
				{
					$credentials: credentials,
				},
			);
		expect(evaluate({ dataCenter: 'jp' })).toBe('https://www.zohoapis.jp');
		expect(evaluate({ dataCenter: 'custom', crmApiUrl: 'http://127.0.0.1:2/' })).toBe(
			'http://127.0.0.1:2',
		);
	});

	it('declares every field once: n8n keeps only the last declaration of a name', () => {
		const names = new CallBridgeZohoOAuth2Api().properties.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});
});
