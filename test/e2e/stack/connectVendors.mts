import type { WeComSimulator } from '../../simulators/wecom/weComSimulator.mts';
import type { PbxSimulator } from '../../simulators/yeastar/pbxSimulator.mts';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import type { SavedCredential } from './credentials.mts';
import type { N8nClient } from './N8nClient.mts';

/** The fields of the Yeastar credential as a person types them. */
export function yeastarFields(pbx: PbxSimulator) {
	return {
		baseUrl: pbx.baseUrl,
		clientId: pbx.clientId,
		clientSecret: pbx.clientSecret,
		ignoreSslIssues: false,
	};
}

/** The fields of the Zoho credential as a person types them for a data centre of one's own. */
export function zohoFields(zoho: ZohoSimulator) {
	return {
		dataCenter: 'custom',
		accountsUrl: zoho.baseUrl,
		crmApiUrl: zoho.baseUrl,
		deskApiUrl: zoho.baseUrl,
		crmUrl: zoho.baseUrl,
		deskUrl: zoho.baseUrl,
		clientId: zoho.clientId,
		clientSecret: zoho.clientSecret,
	};
}

/** The fields of the WeCom credential as a person types them. */
export function weComFields(wecom: WeComSimulator) {
	return {
		corpId: wecom.corpId,
		secret: wecom.secret,
		callbackToken: wecom.callbackToken,
		encodingAesKey: wecom.encodingAesKey,
		apiBaseUrl: wecom.baseUrl,
	};
}

export async function connectPbx(client: N8nClient, pbx: PbxSimulator): Promise<SavedCredential> {
	return await client.createCredential('yeastarApi', 'Yeastar account', yeastarFields(pbx));
}

/** Connected already: the simulator issues the token that a consent in the browser would bring. */
export async function connectZoho(
	client: N8nClient,
	zoho: ZohoSimulator,
): Promise<SavedCredential> {
	return await client.createConnectedCredential(
		'callBridgeZohoOAuth2Api',
		'Zoho account',
		zohoFields(zoho),
		zoho.issueToken(),
	);
}

export async function connectWeCom(
	client: N8nClient,
	wecom: WeComSimulator,
): Promise<SavedCredential> {
	const fields = weComFields(wecom);
	return await client.createCredential('weComCustomerServiceApi', 'WeCom account', fields);
}
