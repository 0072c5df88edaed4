import { createHash } from 'crypto';
import type {
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { n8nHttpClient, type HttpClient } from '../../transport/HttpClient';
import { ServiceError } from '../../transport/ServiceError';
import { notConnectedError } from '../../transport/tokenRefusal';
import { addressesOf, type AddressedCredential, type ZohoAddresses } from './dataCenters';

export const ZOHO_CREDENTIAL = 'callBridgeZohoOAuth2Api';

export type ZohoContext =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IHookFunctions
	| IPollFunctions
	| ITriggerFunctions
	| IWebhookFunctions;

/** One of the APIs that the credential opens. */
export interface ZohoApi {
	/** As people call it; names it in errors. */
	service: string;
	/** The field of the credential with its host. */
	address: 'crmApiUrl' | 'deskApiUrl';
	/** What people call that field, and what stands in it in the European data centre. */
	addressName: string;
	exampleAddress: string;
}

export interface ZohoConnection {
	/** One value per API, credential and connection of it: the key for caches, locks and limits. */
	readonly key: string;
	readonly addresses: ZohoAddresses;
	/** As typed into the credential; empty if nothing is. */
	readonly deskOrgId: string;
	/** Signs every request with the credential's token. */
	readonly http: HttpClient;
}

type ZohoCredential = AddressedCredential & {
	clientId?: string;
	deskOrgId?: string;
	oauthTokenData?: { refresh_token?: string };
};

/**
 * What the credential of the running node connects to.
 *
 * @param itemIndex the input item whose credential is meant, where expressions may differ per item
 * @throws ServiceError when the credential has no address for the API, or nobody has connected it yet
 */
export async function zohoConnection(
	context: ZohoContext,
	api: ZohoApi,
	itemIndex?: number,
): Promise<ZohoConnection> {
	const credential = await context.getCredentials<ZohoCredential>(ZOHO_CREDENTIAL, itemIndex);
	const { clientId, deskOrgId, oauthTokenData } = credential;
	const addresses = addressesOf(credential);
	const address = addresses[api.address];
	if (!URL.canParse(address)) throw missingAddressError(api);
	if (!oauthTokenData) throw notConnectedError(api.service);
	const credentialId = context.getNode().credentials?.[ZOHO_CREDENTIAL]?.id ?? '';
	return {
		// Only the refresh token differs after a reconnection, which may lead to another organisation.
		key: createHash('sha256')
			.update([address, clientId, credentialId, oauthTokenData.refresh_token].join('\n'))
			.digest('hex'),
		addresses,
		deskOrgId: String(deskOrgId ?? '').trim(),
		http: n8nHttpClient(
			api.service,
			async (options: IHttpRequestOptions) =>
				(await context.helpers.httpRequestWithAuthentication.call(
					context,
					ZOHO_CREDENTIAL,
					options,
				)) as IN8nHttpFullResponse,
		),
	};
}

function missingAddressError({ service, addressName, exampleAddress }: ZohoApi): ServiceError {
	return new ServiceError({
		service,
		kind: 'credentials',
		message: `The credential has no valid ${addressName}`,
		advice: `Open the credential and choose the data centre, or type the ${addressName}, such as ${exampleAddress}.`,
	});
}
