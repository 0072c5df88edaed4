import { ServiceError } from '../../transport/ServiceError';
import { SERVICE } from './errors';

/**
 * The address below which `/openapi/v1.0` lies, without a slash at the end. Accepts what people copy: the portal's
 * address with `#/login`, an API address with `/openapi/v1.0/...`, a name without `https://`.
 *
 * @throws ServiceError (`refused`) if it is no web address
 */
export function baseUrlOf(typed: string): string {
	const trimmed = typed.trim();
	const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
	if (!URL.canParse(withScheme)) throw notAnAddress();
	const url = new URL(withScheme);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') throw notAnAddress();
	const path = url.pathname.replace(/\/openapi(\/.*)?$/i, '').replace(/(\/login)?\/*$/i, '');
	return url.origin + path;
}

function notAnAddress(): ServiceError {
	return new ServiceError({
		service: SERVICE,
		kind: 'refused',
		message: 'The address of the PBX in the credential is not a web address',
		advice: 'Enter the address of the PBX portal, such as https://192.168.5.150:8088.',
	});
}
