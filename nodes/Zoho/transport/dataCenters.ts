/**
 * Where the parts of Zoho live, per data centre. A Zoho account lives in exactly one of them; its tokens, client secrets
 * and ids are worth nothing in another one.
 *
 * Hosts are those of Zoho's "Multi DC" pages for Accounts, CRM and Desk. Not confirmed there, but named in other Zoho
 * material: `uk` (all but accounts), `ae` (all), `sa` (Desk). Whoever finds them wrong chooses "Custom" in the credential.
 */
export interface ZohoAddresses {
	/** Log-in and tokens. */
	accountsUrl: string;
	/** Host of the CRM API, without `/crm/v8`. */
	crmApiUrl: string;
	/** Host of the Desk API, without `/api/v1`. */
	deskApiUrl: string;
	/** What people open in the browser. */
	crmUrl: string;
	deskUrl: string;
}

export interface DataCenter extends ZohoAddresses {
	/** As Zoho names the region. */
	name: string;
}

export type DataCenterCode = 'us' | 'eu' | 'in' | 'au' | 'jp' | 'cn' | 'ca' | 'sa' | 'uk' | 'ae';

/** Most data centres differ by nothing but the end of their host names. */
function regularDataCenter(name: string, ending: string): DataCenter {
	return {
		name,
		accountsUrl: `https://accounts.zoho.${ending}`,
		crmApiUrl: `https://www.zohoapis.${ending}`,
		deskApiUrl: `https://desk.zoho.${ending}`,
		crmUrl: `https://crm.zoho.${ending}`,
		deskUrl: `https://desk.zoho.${ending}`,
	};
}

export const DATA_CENTERS: Readonly<Record<DataCenterCode, DataCenter>> = {
	us: regularDataCenter('United States', 'com'),
	eu: regularDataCenter('Europe', 'eu'),
	in: regularDataCenter('India', 'in'),
	au: regularDataCenter('Australia', 'com.au'),
	jp: regularDataCenter('Japan', 'jp'),
	cn: regularDataCenter('China', 'com.cn'),
	// Canada is the odd one: zohocloud.ca everywhere except for the CRM API.
	ca: {
		name: 'Canada',
		accountsUrl: 'https://accounts.zohocloud.ca',
		crmApiUrl: 'https://www.zohoapis.ca',
		deskApiUrl: 'https://desk.zohocloud.ca',
		crmUrl: 'https://crm.zohocloud.ca',
		deskUrl: 'https://desk.zohocloud.ca',
	},
	sa: regularDataCenter('Saudi Arabia', 'sa'),
	uk: regularDataCenter('United Kingdom', 'uk'),
	ae: regularDataCenter('United Arab Emirates', 'ae'),
};

/** Value of the data centre choice with which people type the addresses themselves. */
export const CUSTOM_DATA_CENTER = 'custom';

/** What a credential says about addresses; the five addresses count only for the custom data centre. */
export type AddressedCredential = { dataCenter?: string } & Partial<ZohoAddresses>;

/**
 * The addresses that a credential stands for, without a slash at the end. An address that a custom data centre leaves
 * empty is an empty string; a data centre that does not exist gives those of the United States, the default choice.
 */
export function addressesOf(credential: AddressedCredential): ZohoAddresses {
	const chosen: Partial<ZohoAddresses> =
		credential.dataCenter === CUSTOM_DATA_CENTER
			? credential
			: (DATA_CENTERS[credential.dataCenter as DataCenterCode] ?? DATA_CENTERS.us);
	return {
		accountsUrl: withoutTrailingSlash(chosen.accountsUrl),
		crmApiUrl: withoutTrailingSlash(chosen.crmApiUrl),
		deskApiUrl: withoutTrailingSlash(chosen.deskApiUrl),
		crmUrl: withoutTrailingSlash(chosen.crmUrl),
		deskUrl: withoutTrailingSlash(chosen.deskUrl),
	};
}

/**
 * The same choice as {@link addressesOf} as the inside of an n8n expression, for the parts of a credential that n8n
 * evaluates by itself. (n8n keeps one declaration per field name in a credential that extends another, so an address
 * cannot be a hidden field for known data centres and a typed one for the custom one.)
 *
 * @param scope the expression variable that holds the credential's fields
 */
export function addressExpression(
	address: keyof ZohoAddresses,
	scope: '$self' | '$credentials',
): string {
	const known = JSON.stringify(
		Object.fromEntries(Object.entries(DATA_CENTERS).map(([code, each]) => [code, each[address]])),
	);
	const dataCenter = `${scope}["dataCenter"]`;
	const typed = `String(${scope}["${address}"] || "").replace(/\\/+$/, "")`;
	return `(${dataCenter} === "${CUSTOM_DATA_CENTER}" ? ${typed} : ${known}[${dataCenter}])`;
}

function withoutTrailingSlash(url = ''): string {
	return url.trim().replace(/\/+$/, '');
}
