/** What a link is good for; a link for one of them opens none of the others. */
export const linkPurposes = ['clickToCall', 'screenPop', 'tickets'] as const;

export type LinkPurpose = (typeof linkPurposes)[number];

/** What every signature covers. */
export interface LinkClaims {
	purpose: LinkPurpose;
	/** Of the person who uses the link; empty where the receiver finds it by the user. */
	extension: string;
	/** E-mail address of the person who uses the link; empty where nobody in particular does. */
	user: string;
	/** Unix time in seconds; 0: for good. */
	expires: number;
}

/** One more parameter in the address of a link. */
export interface LinkParameter {
	name: string;
	value: string;
	/**
	 * - `signed`: nobody can change it
	 * - `unsigned`: whoever has the link may change it
	 * - `mergeField`: unsigned, and left as it is, since the program that shows the link puts a value in its place
	 */
	kind: 'signed' | 'unsigned' | 'mergeField';
}

/** Parameters that carry the claims, and the two that carry the signature. */
export const claimNames = ['expires', 'extension', 'purpose', 'user'] as const;
export const SIGNED_NAMES = 'signed';
export const SIGNATURE = 'signature';

/** Names that no further parameter of a link may have. */
export const reservedNames: readonly string[] = [...claimNames, SIGNED_NAMES, SIGNATURE];

/** Shorter keys could be guessed: HMAC-SHA256 wants one as long as its result, 32 bytes (RFC 2104, 3). */
export const SHORTEST_KEY = 32;
