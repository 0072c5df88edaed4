import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { ZohoCrmTelephony } from '../../../nodes/Zoho/ZohoCrmTelephony.node';
import type { LoggedRequest } from '../../simulators/zoho/requestLog.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { loadOptionsContext, runNode, type NodeRun, type NodeSetup } from '../nodeContext.mts';

/** A connected credential for a simulator, as n8n hands it to the node. */
export function zohoCredential(
	zoho: ZohoSimulator,
	overrides: IDataObject = {},
): ICredentialDataDecryptedObject {
	return {
		dataCenter: 'custom',
		accountsUrl: zoho.baseUrl,
		crmApiUrl: zoho.baseUrl,
		crmUrl: 'https://crm.zoho.eu',
		clientId: zoho.clientId,
		clientSecret: zoho.clientSecret,
		authentication: 'body',
		accessTokenUrl: `${zoho.baseUrl}/oauth/v2/token`,
		oauthTokenData: { ...zoho.issueToken() },
		...overrides,
	} as ICredentialDataDecryptedObject;
}

/** Runs the node against a simulator; a new credential unless one is given. */
export async function runZoho(
	zoho: ZohoSimulator,
	parameters: INodeParameters,
	{
		credential = zohoCredential(zoho),
		...setup
	}: Partial<NodeSetup> & {
		credential?: ICredentialDataDecryptedObject;
	} = {},
): Promise<NodeRun> {
	return await runNode(new ZohoCrmTelephony(), {
		...setup,
		parameters,
		credentials: { callBridgeZohoOAuth2Api: credential },
	});
}

/** What the editor's look-ups get as `this`. */
export function editorContext(zoho: ZohoSimulator, parameters: INodeParameters) {
	return loadOptionsContext(new ZohoCrmTelephony(), {
		parameters,
		credentials: { callBridgeZohoOAuth2Api: zohoCredential(zoho) },
	});
}

/** The value of the resource mapper in the mode "Map Each Column Manually". */
export function mapped(value: IDataObject, matchingColumns: string[] = []): INodeParameters {
	return { mappingMode: 'defineBelow', value, matchingColumns, schema: [] } as INodeParameters;
}

/** The value of the resource mapper in the mode "Map Automatically". */
export const automatic = {
	mappingMode: 'autoMapInputData',
	value: {},
	matchingColumns: [],
	schema: [],
} as INodeParameters;

export function byId(id: string): INodeParameters {
	return { __rl: true, mode: 'id', value: id } as INodeParameters;
}

/** `POST /crm/v8/Contacts` … without the requests for metadata and tokens. */
export function crmRequests({ requests }: ZohoSimulator): string[] {
	return requests.filter(isCrmRequest).map(({ method, path }) => `${method} ${path}`);
}

function isCrmRequest({ path }: LoggedRequest): boolean {
	return path.startsWith('/crm/') && !path.includes('/settings/');
}
