import { ServiceError, type ServiceErrorFacts } from './ServiceError';
import { causes } from './wrappedErrors';

/** Zoho's waiting time once it has throttled token renewals; every further try prolongs it (Kaizen #43). */
const THROTTLE_MS = 600_000;

/** What n8n's OAuth2 client throws when the token endpoint says why it gives no token (`AuthError`). */
const REFUSED = 'EAUTH';
/** The same when the token endpoint answers something that it does not understand (`ResponseError`). */
const NOT_UNDERSTOOD = 'ESTATUS';

type Explanation = Pick<ServiceErrorFacts, 'kind' | 'message' | 'advice' | 'retryAfterMs'>;

/**
 * What n8n's OAuth2 client says when it has no token to sign a request with. Nothing was carried out then: renewals
 * come before the request or after a 401.
 *
 * @returns undefined for every other error
 */
export function tokenRefusal(service: string, error: unknown): ServiceError | undefined {
	const refusal = causes(error).find(isOfOAuthClient) as OAuthClientError | undefined;
	const code = refusal?.code === REFUSED ? textOf(refusal.body?.error) : undefined;
	const explanation = refusal ? explainedRefusal(service, refusal) : explainedText(service, error);
	return explanation && new ServiceError({ service, code, cause: error, ...explanation });
}

/** For a credential that nobody has logged in yet: there is no need to ask n8n's OAuth2 client then. */
export function notConnectedError(service: string): ServiceError {
	return new ServiceError({ service, ...notConnected(service) });
}

interface OAuthClientError {
	code: typeof REFUSED | typeof NOT_UNDERSTOOD;
	message: string;
	/** Of the answer to the token request. */
	status?: number;
	body?: { error?: unknown; error_description?: unknown };
}

function isOfOAuthClient(candidate: object): boolean {
	const { code } = candidate as { code?: unknown };
	return code === REFUSED || code === NOT_UNDERSTOOD;
}

function explainedRefusal(service: string, refusal: OAuthClientError): Explanation {
	if (refusal.code === NOT_UNDERSTOOD) {
		const status = refusal.status ? ` (HTTP ${refusal.status})` : '';
		return {
			kind: 'credentials',
			message: `The log-in server of ${service} answers a token request with something else than a token${status}`,
			advice:
				'Check the data centre or the accounts address in the credential, and whether a proxy stands between n8n and the service.',
		};
	}
	const { error, error_description: description } = refusal.body ?? {};
	const said = [refusal.message, textOf(error), textOf(description)].join(' ');
	if (/too many requests|access.?denied/i.test(said)) {
		return {
			kind: 'limit',
			message: `${service} hands out no new token for this credential for now`,
			advice:
				'Too many tokens were asked for in a short time. Wait ten minutes without running anything with this credential, then try again.',
			retryAfterMs: THROTTLE_MS,
		};
	}
	if (/client/i.test(textOf(error) ?? '')) {
		return {
			kind: 'credentials',
			message: `${service} does not know the client ID and client secret of this credential`,
			advice:
				'Check client ID, client secret and data centre in the credential, then connect it again.',
		};
	}
	return connectionLost(service);
}

/** n8n's own sentences, which have no code. */
function explainedText(service: string, error: unknown): Explanation | undefined {
	const wrapped = causes(error);
	if (wrapped.some((each) => 'response' in each)) return undefined;
	const messages = wrapped.map((each) => String((each as Error).message));
	if (messages.some((text) => /not connected$|without access token/i.test(text))) {
		return notConnected(service);
	}
	return messages.some((text) => /reconnect/i.test(text)) ? connectionLost(service) : undefined;
}

function notConnected(service: string): Explanation {
	return {
		kind: 'credentials',
		message: `The credential is not connected to ${service}`,
		advice:
			'Open the credential, check client ID, client secret and data centre, and choose Connect my account.',
	};
}

function connectionLost(service: string): Explanation {
	return {
		kind: 'credentials',
		message: `${service} no longer accepts the connection of this credential`,
		advice:
			'Open the credential and connect it again; check the client secret and the data centre while you are there.',
	};
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}
