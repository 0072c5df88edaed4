import { ServiceError, type ServiceErrorFacts } from '../../transport/ServiceError';

export const SERVICE = 'Yeastar PBX';

/** What every answer of the PBX's API looks like; other members depend on the endpoint. */
export interface PbxAnswer {
	/** 0 is success; 1 is success in part, 2 is work still under way. The HTTP status says nothing. */
	errcode: number;
	errmsg?: string;
	invalid_param_list?: Array<{ value?: string; validation_type?: string }>;
}

/** The errcodes that a new access token can cure; renewing on any other one burns the PBX's 8 token slots. */
export const TOKEN_REFUSED: ReadonlySet<number> = new Set([10004, 10005]);

export const DATA_NOT_FOUND = '60001';
export const MAX_LIMITATION_EXCEEDED = 60002;

/** What an answer means for people. */
export type Explanation = Pick<ServiceErrorFacts, 'kind' | 'message' | 'advice' | 'retryAfterMs'>;

const API_SWITCHED_OFF: Explanation = {
	kind: 'permission',
	message: 'The API of the PBX is switched off',
	advice: 'In the PBX portal, open Integrations > API and switch the API on.',
};

/** By errcode, for every endpoint. */
const EXPLANATIONS: Readonly<Record<number, Explanation>> = {
	[-2]: {
		kind: 'unavailable',
		message: 'The PBX could not carry out the request (INTERNAL SERVER ERROR)',
		advice:
			'Try again in a minute. If it stays, the firmware may not offer this feature: update the PBX or ask Yeastar support.',
	},
	2: {
		kind: 'unavailable',
		message: 'The PBX is still working on an earlier request for this',
		advice: 'Try again in a minute.',
	},
	10001: {
		kind: 'refused',
		message: 'The firmware of the PBX does not have this feature',
		advice: 'Update the PBX to a newer firmware, or do without this operation.',
	},
	10002: {
		kind: 'refused',
		message: 'The PBX no longer offers version 1.0 of its API',
		advice: 'Update this package.',
	},
	10003: {
		kind: 'refused',
		message: 'The PBX does not offer version 1.0 of its API',
		advice: 'Update the PBX to a newer firmware.',
	},
	10004: {
		kind: 'credentials',
		message: 'The PBX no longer accepts the access token, even after it was renewed',
		advice: 'Check the time of the PBX and the Client ID and Client Secret in the credential.',
	},
	10005: {
		kind: 'permission',
		message: 'The PBX denies access to this feature',
		advice:
			'In the PBX portal, open Integrations > API and allow this feature for the Client ID of the credential. Some features also need the Enterprise or Ultimate Plan.',
	},
	40003: {
		kind: 'refused',
		message: 'The PBX already has an entry with this value',
		advice: 'Find the existing entry and update it instead, or use another name.',
	},
	40004: {
		kind: 'refused',
		message: 'The file is larger than the PBX accepts',
		advice: 'Use a smaller file.',
	},
	60001: {
		kind: 'notFound',
		message: 'The PBX has no such entry',
		advice: 'Check the ID; the entry may have been deleted in the PBX portal.',
	},
	[MAX_LIMITATION_EXCEEDED]: {
		kind: 'refused',
		message: 'The PBX holds as many entries of this kind as its model allows',
		advice: 'Delete entries that are no longer needed, or use a larger model or plan.',
	},
	60101: {
		kind: 'refused',
		message: 'The PBX has no such user role',
		advice: 'Choose a role that exists under Extension and Trunk > Role in the PBX portal.',
	},
	70004: {
		kind: 'permission',
		message: 'The PBX has blocked the IP address of n8n after wrong logins',
		advice:
			'In the PBX portal, delete the address under Security > Security Rules > Blocked IPs, and check Client ID and Client Secret before you try again: further tries prolong the block.',
	},
	// Nothing has been started when the PBX says this, so writes may be repeated too: hence `limit`.
	70082: {
		kind: 'limit',
		message: 'The PBX is busy with a heavy task',
		advice: 'Try again when the backup, report or download that the PBX is working on is done.',
	},
	70084: {
		kind: 'refused',
		message: 'The PBX does not allow this action here',
		advice:
			'Phonebooks that are synchronised from another system are read-only; other entries may be locked while they are in use.',
	},
	70087: {
		kind: 'permission',
		message: 'The PBX does not accept API requests from the IP address of n8n',
		advice:
			'In the PBX portal, add the address of n8n to the permitted IP addresses under Integrations > API.',
	},
	70091: {
		kind: 'refused',
		message: 'The entry is used elsewhere in the PBX',
		advice: 'A contact has to be removed from its phonebooks before it can be deleted.',
	},
	70093: {
		kind: 'notFound',
		message: 'The PBX has no such phonebook',
		advice: 'Choose the phonebook again; it may have been deleted in the PBX portal.',
	},
	70120: {
		kind: 'refused',
		message: 'The organization feature of the PBX is switched off',
		advice: 'Switch it on in the PBX portal, or do without organizations.',
	},
	70123: API_SWITCHED_OFF,
	70656: API_SWITCHED_OFF,
	80010: {
		kind: 'permission',
		message: 'The API application of the credential may not use this feature',
		advice:
			'In the PBX portal, open Integrations > API, edit the application with this Client ID and allow the feature.',
	},
};

/**
 * What to tell people about an answer whose errcode is not success.
 *
 * @param endpoint such as `phonebook/create`
 */
export function pbxError(endpoint: string, answer: PbxAnswer): ServiceError {
	return serviceError(answer, EXPLANATIONS[answer.errcode] ?? unexplained(endpoint, answer));
}

/**
 * For answers of the web server in front of the API: the API itself always answers with status 200.
 *
 * @param retryAfterMs how long it asks to be left alone
 */
export function httpStatusError(host: string, status: number, retryAfterMs?: number): ServiceError {
	const facts = { service: SERVICE, httpStatus: status, retryAfterMs };
	if (status === 429) {
		return new ServiceError({
			...facts,
			kind: 'limit',
			message: 'The PBX asks for fewer requests',
			advice: 'Let fewer workflows use the PBX at the same time, then try again.',
		});
	}
	if (status >= 500) {
		return new ServiceError({
			...facts,
			kind: 'unavailable',
			message: `The web server of the PBX at ${host} answers with status ${status}`,
			advice: 'Try again in a minute; the PBX may be restarting.',
		});
	}
	return new ServiceError({
		...facts,
		kind: 'refused',
		message: `There is no P-Series API at ${host} (status ${status})`,
		advice:
			'Check the address in the credential: usually https://<address>:8088 in the local network, and the name without a port for yeastarcloud.com and ras.yeastar.com. For ras.yeastar.com, allow API in the remote access settings of the PBX.',
	});
}

/** For answers that are not the JSON of the API, such as a portal page or a firewall's notice. */
export function notAnApiAnswer(host: string): ServiceError {
	return new ServiceError({
		service: SERVICE,
		kind: 'invalidAnswer',
		message: `${host} answers, but not as the API of a Yeastar P-Series PBX`,
		advice:
			'Check that the address in the credential is that of the PBX portal, and that no proxy or firewall answers in its place.',
	});
}

function unexplained(endpoint: string, answer: PbxAnswer): Explanation {
	if (answer.errcode === 40001 || answer.errcode === 40002) {
		const parameters = (answer.invalid_param_list ?? [])
			.map(({ value, validation_type: rule }) => [value, rule && `(${rule})`])
			.map((words) => words.filter(Boolean).join(' '))
			.filter(Boolean);
		return {
			kind: 'refused',
			message:
				parameters.length > 0
					? `The PBX does not accept the value of ${parameters.join(', ')}`
					: `The PBX does not accept the values sent to ${endpoint}`,
			advice:
				'Correct the value. It may be too long, of another form, or belong to a locked entry.',
		};
	}
	return {
		kind: 'refused',
		message: `The PBX refuses ${endpoint}: ${answer.errmsg || 'no reason given'} (${answer.errcode})`,
		advice: 'Look the code up in the P-Series developer guide, under Error Code and Error Message.',
	};
}

/** The error for an answer, with its errcode as the code. */
export function serviceError(answer: PbxAnswer, explanation: Explanation): ServiceError {
	return new ServiceError({ service: SERVICE, code: String(answer.errcode), ...explanation });
}
