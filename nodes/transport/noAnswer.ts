import { ServiceError, type ServiceErrorFacts } from './ServiceError';
import { causes, errorCode } from './wrappedErrors';

/** Codes of connections that were never made: the request cannot have arrived. */
const NEVER_CONNECTED: ReadonlySet<string> = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);

/** Codes of TLS handshakes that failed because of the server's certificate. */
const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Codes with which Node says that the other side does not speak TLS, or not a version that it knows. */
const NO_TLS_CODES: ReadonlySet<string> = new Set(['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER']);

/** Codes with which axios gives up waiting. */
const TIMEOUT_CODES: ReadonlySet<string> = new Set(['ECONNABORTED', 'ETIMEDOUT']);

type Explanation = Pick<ServiceErrorFacts, 'kind' | 'message' | 'advice' | 'isLasting'>;

/**
 * What it means for people that a request brought no answer.
 *
 * @param url of the request; its query is never shown
 * @param timeoutMs how long was waited at most
 */
export function noAnswerError(
	service: string,
	url: string,
	timeoutMs: number,
	error: unknown,
): ServiceError {
	if (error instanceof ServiceError) return error;
	const code = errorCode(error);
	const host = hostOf(urlIn(error) ?? url);
	const explanation =
		ssrfProtection(host, error) ??
		(code === undefined ? undefined : unreachable(service, host, code)) ??
		(neverConnected(error) ? notReachable(service, host) : undefined) ??
		interrupted(service, host, TIMEOUT_CODES.has(code ?? '') ? timeoutMs : undefined);
	return new ServiceError({ service, code, cause: error, ...explanation });
}

function unreachable(service: string, host: string, code: string): Explanation | undefined {
	if (CERTIFICATE_CODES.has(code)) {
		return {
			kind: 'unreachable',
			isLasting: true,
			message: `${service} at ${host} presents a certificate that is not trusted`,
			advice:
				'Install a valid certificate, use the address that the certificate was made for, or switch on Ignore SSL Issues in the credential.',
		};
	}
	if (NO_TLS_CODES.has(code)) {
		return {
			kind: 'unreachable',
			isLasting: true,
			message: `${service} at ${host} does not answer to https`,
			advice:
				'Check the port in the credential, and whether the address has to begin with http:// instead of https://.',
		};
	}
	return NEVER_CONNECTED.has(code) ? notReachable(service, host) : undefined;
}

function notReachable(service: string, host: string): Explanation {
	return {
		kind: 'unreachable',
		message: `${service} cannot be reached at ${host}`,
		advice: `Check the address and the port in the credential, and that a firewall lets n8n through to ${host}.`,
	};
}

function ssrfProtection(host: string, error: unknown): Explanation | undefined {
	// SsrfBlockedIpError and SsrfBlockedHostnameError.
	if (!causes(error).some((each) => String((each as Error).name).startsWith('SsrfBlocked'))) {
		return undefined;
	}
	return {
		kind: 'unreachable',
		isLasting: true,
		message: `n8n's SSRF protection blocks the address ${host}`,
		advice: `Ask whoever runs n8n to add ${host} to N8N_SSRF_ALLOWED_HOSTNAMES or its network to N8N_SSRF_ALLOWED_IP_RANGES.`,
	};
}

function interrupted(service: string, host: string, timeoutMs: number | undefined): Explanation {
	return {
		kind: 'interrupted',
		message:
			timeoutMs === undefined
				? `The connection to ${service} at ${host} ended before an answer came`
				: `${service} at ${host} did not answer within ${timeoutMs / 1_000} seconds`,
		advice: 'Try again. If it keeps happening, look at the network between n8n and the service.',
	};
}

function neverConnected(error: unknown): boolean {
	return causes(error).some((each) => (each as { syscall?: unknown }).syscall === 'connect');
}

/** The address that failed, where axios tells: a token renewal goes to another server than the request. */
function urlIn(error: unknown): string | undefined {
	return causes(error)
		.map((each) => (each as { config?: { url?: unknown } }).config?.url)
		.find((url) => typeof url === 'string' && URL.canParse(url)) as string | undefined;
}

function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).host : 'the configured address';
}
