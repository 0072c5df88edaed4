import {
	SIGNATURE,
	SIGNED_NAMES,
	reservedNames,
	type LinkClaims,
	type LinkParameter,
} from './Link';
import { canBeSigned, isParameterName, signatureOf, textToSign } from './textToSign';

/**
 * The address of a signed link.
 *
 * @param address where the link leads, absolute; what its query holds already stays there, unsigned
 * @returns parameters in the order in which they are signed, then the unsigned ones, merge fields at the end and
 *   exactly as given. Or, in words, why there can be no such link.
 */
export function signedLink(
	address: string,
	claims: LinkClaims,
	parameters: LinkParameter[],
	key: string,
): { url: string } | { refusal: string } {
	const refusal = whatIsWrong(address, claims, parameters);
	if (refusal !== null) return { refusal };
	const further = parameters.filter(({ kind }) => kind === 'signed');
	const signed: Record<string, string> = {
		...Object.fromEntries(further.map(({ name, value }) => [name, value])),
		...claims,
		expires: String(claims.expires),
	};
	const names = further.map(({ name }) => name).sort();
	const query = [
		...Object.keys(signed)
			.sort()
			.map((name) => pair(name, signed[name])),
		...(names.length > 0 ? [pair(SIGNED_NAMES, names.join(','))] : []),
		pair(SIGNATURE, signatureOf(textToSign(signed), key)),
		...parameters
			.filter(({ kind }) => kind === 'unsigned')
			.map(({ name, value }) => pair(name, value)),
		...parameters
			.filter(({ kind }) => kind === 'mergeField')
			.map(({ name, value }) => `${name}=${value.trim()}`),
	].join('&');
	const place = address.trim();
	return { url: `${place}${place.includes('?') ? '&' : '?'}${query}` };
}

function pair(name: string, value: string): string {
	return `${name}=${encodeURIComponent(value)}`;
}

function whatIsWrong(
	address: string,
	claims: LinkClaims,
	parameters: LinkParameter[],
): string | null {
	const place = URL.canParse(address.trim()) ? new URL(address.trim()) : null;
	if (place === null || !['http:', 'https:'].includes(place.protocol)) {
		return `The address '${address}' is no web address: it begins with https:// or http://`;
	}
	if (place.hash !== '') {
		return 'The address has a part behind #, which browsers do not send to the workflow';
	}
	if (claims.purpose === 'clickToCall' && claims.user === '' && claims.extension === '') {
		return 'A link that dials needs an extension or a user, or nobody could tell whose phone rings';
	}
	const names = [...place.searchParams.keys(), ...parameters.map(({ name }) => name)];
	const taken = names.find((name) => reservedNames.includes(name));
	if (taken !== undefined) return `No further parameter may be named '${taken}'`;
	const odd = parameters.find(({ name }) => !isParameterName(name));
	if (odd) return `'${odd.name}' is no name for a parameter: letters, digits and _ make one`;
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined) return `The parameter '${twice}' is there twice`;
	const signed = [
		claims.extension,
		claims.user,
		...parameters.filter(({ kind }) => kind === 'signed').map(({ value }) => value),
	];
	const unfit = signed.find((value) => !canBeSigned(value));
	return unfit === undefined ? null : `'${unfit}' cannot be signed: it holds | or a line break`;
}
