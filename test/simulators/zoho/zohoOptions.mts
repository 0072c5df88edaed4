import type { CrmSettings } from './crm/crm.mts';
import type { CrmEdition } from './crm/editions.mts';
import type { PortalOptions } from './desk/portal.mts';

export interface ZohoSimulatorOptions {
	/** Milliseconds since 1970; default the real time. Expiry, credits, throttles and the search index follow it. */
	now?: () => number;
	/** Port to listen on; default a free one. */
	port?: number;
	/** Code of the data centre; default `eu`. */
	location?: string;
	/** First six digits of all ids; default `554023`. */
	idPrefix?: string;
	timeZone?: string;
	/** Until written records are found by `/search`; default 5,000. Records of `insert` are found at once. */
	indexLagMs?: number;
	/** Default `tolerant`; see CrmSettings. */
	phoneSearch?: CrmSettings['phoneSearch'];
	/** Credits in 24 hours; default 60,000 (Enterprise with 10 users). */
	creditLimit?: number;
	/** What `/org` tells; default `enterprise`. */
	edition?: CrmEdition;
	/** Calls at a time; default: what the edition has. */
	concurrencyLimit?: number;
	/** How long every API request takes; default 0. */
	latencyMs?: number;
	accessTokenSeconds?: number;
	/** Access tokens per refresh token, and codes per client, in ten minutes; default 10. */
	tokensPerTenMinutes?: number;
	clientId?: string;
	clientSecret?: string;
	/** Registered redirect addresses; by default every address is accepted. */
	redirectUris?: string[];
	/** Refuse client id and secret in a Basic header, which n8n can be set to; default false. */
	strictClientAuthentication?: boolean;
	/** Accept only `Zoho-oauthtoken`; by default also `Bearer`, the only form that n8n's helper can send. */
	strictTokenHeader?: boolean;
	/** The organisation of Zoho Desk. */
	desk?: PortalOptions;
}
